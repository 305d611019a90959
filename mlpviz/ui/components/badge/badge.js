// The proof in the corner of every page. It asks for a check after the sheet has painted, and never claims more than was checked.

export default function ({ data, parentElement, setTriggerValue }) {
  let badge = parentElement.querySelector(".badge");
  if (!badge) {
    badge = document.createElement("div");
    badge.className = "badge";
    badge.setAttribute("role", "status");
    parentElement.append(badge);
  }
  const state = (badge.state ??= { painted: null, timer: null });
  const show = (status, text, title) => {
    badge.dataset.status = status;
    if (badge.textContent !== text) badge.textContent = text;
    badge.title = title;
  };
  const ask = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => setTriggerValue("check", { version: state.painted }), 150);
  };
  const isCurrent = state.painted === null || state.painted === data.version;
  if (data.status && isCurrent) show(data.status, data.text, data.detail);
  else {
    show("checking", "… checking", "NumPy, PyTorch and central differences are being compared");
    if (state.painted !== null) ask();
  }
  const painted = (event) => {
    if (event.detail.version === state.painted && badge.dataset.status !== "checking") return;
    state.painted = event.detail.version;
    if (badge.checked !== state.painted) {
      show("checking", "… checking", "NumPy, PyTorch and central differences are being compared");
      ask();
    }
  };
  badge.checked = data.status ? data.version : null;
  window.addEventListener("mlpviz:painted", painted);
  // pages without a sheet keep the document in the URL too, so that a reload loses nothing
  if (data.keepUrl && data.link) {
    const url = new URL(window.location.href);
    url.searchParams.set("d", data.link);
    url.searchParams.set("v", data.view);
    window.history.replaceState(window.history.state, "", url);
  }
  return () => {
    clearTimeout(state.timer);
    window.removeEventListener("mlpviz:painted", painted);
  };
}
