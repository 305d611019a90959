// mlpviz as components of a Streamlit page: mounts a page in the element that Streamlit gives, and hands it what comes.

import badge from "../badge/badge.js";
import badgeStyle from "../badge/badge.css";
import palette from "../shared/palette.css";
import sheet from "../sheet/sheet.js";
import sheetStyle from "../sheet/sheet.css";
import train from "../train/train.js";
import trainStyle from "../train/train.css";

const PAGES = {
  "mlpviz.badge": { main: badge, style: badgeStyle },
  "mlpviz.sheet": { main: sheet, style: palette + sheetStyle },
  "mlpviz.train": { main: train, style: palette + trainStyle },
};

const mounts = new WeakMap(); // element of Streamlit -> { page, update }
const decoder = new TextDecoder();

function adopt(root, style) {
  if (root.adoptedStyleSheets.some((sheet) => sheet.source === style)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  sheet.source = style;
  root.adoptedStyleSheets.push(sheet);
}

// Streamlit calls this with every update, and what it gave once the update is gone; when a newer update has come while
// the program was loading, it cleans up after the older one at once
export function mount(component) {
  const { name, parentElement } = component;
  const { main, style } = PAGES[name];
  adopt(parentElement.getRootNode(), style);
  const data =
    component.data instanceof Uint8Array
      ? JSON.parse(decoder.decode(component.data))
      : component.data;
  const update = {};
  const held = mounts.get(parentElement) ?? {};
  mounts.set(parentElement, held);
  held.update = update;
  const cleanUp = main({ ...component, data });
  return () => {
    if (held.update === update) cleanUp?.();
  };
}
