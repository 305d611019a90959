// mlpviz as components of a Streamlit page: mounts a page in the element that Streamlit gives, and hands it what
// comes.

import { readMessage } from "../shared/message_bytes.js";
import { StreamlitChannel } from "./streamlit_channel.js";
import theme from "./streamlit_theme.css";
import "./page.js"; // in one file with what every program has

// what the first file shows until there is a page (streamlit_waiting.html)
window.addEventListener(
  "mlpviz:painted",
  () => document.getElementById("mlpviz-waiting")?.remove(),
  { once: true },
);

const mounts = new WeakMap(); // element of Streamlit -> { channel, stop }
const memos = new Map(); // name of the component -> what it left behind

function open({ name, parentElement }, page) {
  const channel = new StreamlitChannel();
  if (!memos.has(name)) memos.set(name, new Map());
  parentElement.append(channel.element);
  return {
    channel,
    stop: page.open(parentElement, (style) => theme + style, { channel, memo: memos.get(name) }),
  };
}

// of one page (its page_….js): Streamlit calls this with every update of its component, and what it gives when the
// update is over. That may be at once, where a newer one has begun while the program was loading, and before the newer
// one comes here: so a page ends only when its element has gone. One that ended earlier would flash, and forget its
// scene and its socket.
export function mount(component, page) {
  const { parentElement, setTriggerValue } = component;
  if (!mounts.has(parentElement)) mounts.set(parentElement, open(component, page));
  const mounted = mounts.get(parentElement);
  const { arrays, ...brought } = readMessage(component.data);
  brought.answer.arrays = arrays;
  mounted.channel.take(brought, (request) => setTriggerValue("event", request));
  return () => {
    if (parentElement.isConnected || !mounts.delete(parentElement)) return;
    mounted.stop();
    mounted.channel.close();
  };
}
