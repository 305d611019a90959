// mlpviz as components of a Streamlit page: mounts a page in the element that Streamlit gives, and hands it what
// comes.

import badgeStyle from "../badge/badge.css";
import checkStyle from "../check/check.css";
import check from "../check/check.js";
import palette from "../shared/palette.css";
import openerStyle from "../sheet/file_opener.css";
import sheet from "../sheet/sheet.js";
import sheetStyle from "../sheet/style/style.js";
import trainStyle from "../train/train.css";
import train from "../train/train.js";
import { browserHost } from "./browser.js";
import { StreamlitChannel } from "./streamlit_channel.js";
import theme from "./streamlit_theme.css";

// by the name of the component
const PAGES = {
  "mlpviz.check": { main: check, style: theme + palette + badgeStyle + checkStyle },
  "mlpviz.sheet": { main: sheet, style: theme + palette + badgeStyle + sheetStyle + openerStyle },
  "mlpviz.train": { main: train, style: theme + palette + badgeStyle + trainStyle },
};

// what the first file shows until there is a page (streamlit_waiting.html)
window.addEventListener(
  "mlpviz:painted",
  () => document.getElementById("mlpviz-waiting")?.remove(),
  { once: true },
);

const mounts = new WeakMap(); // element of Streamlit -> { channel, stop }
const sheets = new Map(); // text of a style sheet -> the sheet, shared by all that show it
const memos = new Map(); // name of the component -> what it left behind
const decoder = new TextDecoder();

function adopt(root, style) {
  if (!sheets.has(style)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  const sheet = sheets.get(style);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

function open({ name, parentElement }) {
  const { main, style } = PAGES[name];
  adopt(parentElement.getRootNode(), style);
  const channel = new StreamlitChannel();
  if (!memos.has(name)) memos.set(name, new Map());
  const host = { ...browserHost(), channel, memo: memos.get(name) };
  return { channel, stop: main(parentElement, host) };
}

// Streamlit calls this with every update of a component, and what it gives when the update is over. That may be at
// once, where a newer one has begun while the program was loading, and before the newer one comes here: so a page ends
// only when its element has gone. One that ended earlier would flash, and forget its scene and its socket.
export function mount(component) {
  const { parentElement, setTriggerValue } = component;
  if (!mounts.has(parentElement)) mounts.set(parentElement, open(component));
  const mounted = mounts.get(parentElement);
  const brought = JSON.parse(decoder.decode(component.data));
  mounted.channel.take(brought, (request) => setTriggerValue("event", request));
  return () => {
    if (parentElement.isConnected || !mounts.delete(parentElement)) return;
    mounted.stop();
    mounted.channel.close();
  };
}
