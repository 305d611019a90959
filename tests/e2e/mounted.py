"""A page mounted by a test, beside the one that Streamlit shows: what is brought to it, and what it asks for."""

from tests.support.messages import in_base64

PROGRAMS = """const brought = (key) =>
    import(performance.getEntriesByType("resource").find(({ name }) => name.endsWith(`/built/${key}.js`)).name);
  const programs = (key) => Promise.all([brought("streamlit"), brought(key)]);"""
"""The programs of the host and of a page, which the app has brought."""

MOUNT = f"""async (key) => {{
  {PROGRAMS}
  const [{{ mount }}, {{ default: page }}] = await programs(key);
  const element = document.createElement("div");
  element.id = "mounted";
  document.body.append(element);
  window.asked = [];
  const setTriggerValue = (_, request) => window.asked.push(request);
  window.bring = (text) => {{
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    mount({{ name: `mlpviz.${{key}}`, data, parentElement: element, setTriggerValue }}, page);
  }};
}}"""
EVENTS = "window.asked.flatMap(({ events }) => events)"


class Mounted:
    """One more of this page in `page`, which shows it already; nobody answers its socket, so it asks Streamlit."""

    def __init__(self, page, key):
        self.page = page
        page.evaluate(MOUNT, key)

    def bring(self, answer, session="one"):
        """What a run of the script brings; another session has another token."""
        channel = {"path": "/mlpviz/line", "token": session}
        self.page.evaluate("(text) => window.bring(text)", in_base64({"channel": channel, "answer": answer}))

    def asks(self, kind):
        """The request with an event of this type, once there is one."""
        self.page.wait_for_function(f"(kind) => {EVENTS}.some(({{ type }}) => type === kind)", arg=kind)
        requests = self.page.evaluate("() => window.asked")
        return next(one for one in requests if any(event["type"] == kind for event in one["events"]))
