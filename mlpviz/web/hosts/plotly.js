// Plotly, which the server gives beside the page's own program, once a page with figures is opened.

import { adopt } from "./style_sheets.js";

/** @type {Promise<any> | null} */
let loading = null;

function fetched() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../plotly/plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      loading = null;
      script.remove();
      reject(new Error("Plotly could not be fetched"));
    };
    document.head.append(script);
  });
  return loading;
}

// it writes its rules into the page's head, where a shadow root does not see them
function itsRules() {
  /** @type {HTMLStyleElement | null} */
  const style = document.head.querySelector('style[id^="plotly.js-style-global"]');
  return [...(style?.sheet?.cssRules ?? [])].map((rule) => rule.cssText).join("\n");
}

/** Plotly for the figures in this shadow root. @param {ShadowRoot} root */
export async function plotly(root) {
  const library = await fetched();
  adopt(root, itsRules());
  return library;
}
