"""The floor of benchmarks/latency.py: an empty fragment with an empty component, nothing else."""

import streamlit as st

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    parentElement.append(button);
  }
  button.textContent = String(data);
  window.mlpvizSend = () => setTriggerValue("event", Math.random());
  window.dispatchEvent(new CustomEvent("mlpviz:painted"));
}
"""

_component = st.components.v2.component("mlpviz.floor", js=_JS)


@st.fragment
def floor() -> None:
    """Count the events."""
    count = st.session_state.get("count", 0)
    st.session_state["count"] = count + 1
    _component(key="floor", data=count, on_event_change=lambda: None)


floor()
