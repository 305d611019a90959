// mlpviz as components of a Streamlit page: mounts a page in the element that Streamlit gives, and hands it what
// comes.

import badgeStyle from "../badge/badge.css";
import palette from "../shared/palette.css";
import sheetStyle from "../sheet/sheet.css";
import sheet from "../sheet/sheet.js";
import trainStyle from "../train/train.css";
import train from "../train/train.js";
import { browserHost } from "./browser.js";
import { StreamlitChannel } from "./streamlit_channel.js";
import { mountBadge, newAnswer, oldRequest } from "./streamlit_old_wire.js";
import theme from "./streamlit_theme.css";

const PAGES = {
  sheet: { main: sheet, style: theme + palette + sheetStyle },
  train: { main: train, style: theme + palette + trainStyle },
};

const mounts = new WeakMap(); // element of Streamlit -> { page, latest }
const sheets = new Map(); // text of a style sheet -> the sheet, shared by all that show it
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

function open(page, root) {
  const { main, style } = PAGES[page];
  adopt(root.getRootNode(), style);
  const channel = new StreamlitChannel(page);
  const stop = main(root, { ...browserHost(), channel });
  return {
    take({ data, setTriggerValue }) {
      const brought = JSON.parse(decoder.decode(data));
      channel.take(newAnswer(page, brought), (request) =>
        setTriggerValue("event", oldRequest(request)),
      );
    },
    stop() {
      stop();
      channel.close();
    },
  };
}

function openBadge(root) {
  adopt(root.getRootNode(), theme + badgeStyle);
  return mountBadge(root, browserHost());
}

// Streamlit calls this with every update of a component, and what it gives when the update is over: where a newer one
// has come while the program was loading, at once
export function mount(component) {
  const { name, parentElement } = component;
  const page = name.replace("mlpviz.", "");
  let mounted = mounts.get(parentElement);
  if (!mounted) {
    mounted = page === "badge" ? openBadge(parentElement) : open(page, parentElement);
    mounts.set(parentElement, mounted);
  }
  mounted.latest = component;
  mounted.take(component);
  return () => {
    if (mounted.latest !== component) return;
    mounted.stop();
    mounts.delete(parentElement);
  };
}
