// The proof in the corner of every page. It asks for a check after the sheet has painted, and never claims more than was checked.

import { isReachable } from "../hosts/streamlit_connection.js";
import { inTurn } from "../hosts/streamlit_turns.js";

const badges = new WeakMap();
const LEARNING = "running"; // the version of a network that changes while one looks
const PAUSE = 150; // ms without a new paint before a check
const PATIENCE = 5000; // ms until a check that was asked for counts as lost
const ABSENCE = 200; // ms between two looks for a server that cannot be reached

class Badge {
  constructor(root) {
    this.painted = null;
    this.element = document.createElement("div");
    this.element.className = "badge";
    this.element.setAttribute("role", "status");
    root.append(this.element);
    this.onPainted = (event) => {
      if (event.detail?.version === this.painted) return;
      this.painted = event.detail?.version ?? null;
      this.refresh();
    };
    window.addEventListener("mlpviz:painted", this.onPainted);
  }

  update({ data, setTriggerValue }) {
    this.data = data;
    this.ask = () => setTriggerValue("check", { version: this.painted });
    this.refresh();
  }

  // what was checked counts only for the version on screen
  refresh() {
    const { status, version, text, detail } = this.data;
    clearTimeout(this.timer);
    // Python is busy learning then, and what it would say is over before it is read
    if (this.painted === LEARNING)
      return this.show(
        "checking",
        "… learning: checked as soon as it pauses",
        "One batch is then computed by NumPy, by PyTorch and by central differences",
      );
    if (status && (this.painted === null || this.painted === version))
      return this.show(status, text, detail);
    this.show(
      "checking",
      "… checking",
      "NumPy, PyTorch and central differences are being compared",
    );
    // a page without a sheet has nothing to wait for
    if (this.painted !== null || this.data.keepUrl)
      this.timer = setTimeout(() => this.request(), PAUSE);
    return undefined;
  }

  // a run of the whole page can swallow the question, so it is asked again until an answer comes
  request() {
    const reachable = isReachable();
    if (reachable) inTurn(() => this.ask());
    this.timer = setTimeout(() => this.request(), reachable ? PATIENCE : ABSENCE);
  }

  show(status, text, title) {
    this.element.dataset.status = status;
    if (this.element.textContent !== text) this.element.textContent = text;
    this.element.title = title;
  }

  destroy() {
    clearTimeout(this.timer);
    window.removeEventListener("mlpviz:painted", this.onPainted);
    this.element.remove();
  }
}

// pages without a sheet keep the document in the URL too, so that a reload loses nothing
function keepUrl({ link, view }) {
  const url = new URL(window.location.href);
  url.searchParams.set("d", link);
  url.searchParams.set("v", view);
  window.history.replaceState(window.history.state, "", url);
}

export default function (component) {
  const { parentElement, data } = component;
  let badge = badges.get(parentElement);
  if (!badge) {
    badge = new Badge(parentElement);
    badges.set(parentElement, badge);
  }
  badge.update(component);
  if (data.keepUrl && data.link) keepUrl(data);
  return () => {
    badge.destroy();
    badges.delete(parentElement);
  };
}
