"""The floor of benchmarks/latency.py: an empty fragment with an empty component, nothing else."""

import streamlit as st

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  let slider = parentElement.querySelector("input");
  if (!slider) {
    slider = document.createElement("input");
    slider.type = "range";
    parentElement.append(slider);
    parentElement.append(document.createElement("output"));
  }
  const send = () => setTriggerValue("event", Math.random());
  slider.oninput = send;
  slider.onkeydown = send;
  parentElement.querySelector("output").textContent = String(data);
  window.mlpvizFloor = slider;
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
