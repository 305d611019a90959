// The place that a page has in a notebook: the output of a cell. What is asked of the window elsewhere is asked of it,
// and a key is the page's only while the focus is in it.

const PAGES_OWN = new Set(["z", "Z"]); // with Ctrl: undo and redo; all others with Ctrl are the notebook's

const OF_WIDTH = /@media (?:screen and )?((?: ?(?:and )?\((?:min|max)-width: ?\d+px\))+) ?\{/g;

/** A style whose media queries of a width are about the element's. */
export const byItsWidth = (style) => style.replace(OF_WIDTH, "@container $1 {");

const WIDTHS = /\(\s*(min|max)-width:\s*(\d+)px\s*\)/g;

// media queries that ask for a width mean the element's
function matchesIn(element, query) {
  const width = element.clientWidth;
  let isWide = true;
  const rest = query.replace(WIDTHS, (_, bound, px) => {
    isWide &&= bound === "min" ? width >= Number(px) : width <= Number(px);
    return "all";
  });
  return isWide && (/^(all( and )?)+$/.test(rest) || window.matchMedia(rest).matches);
}

function onResize(element, listener) {
  let width = element.clientWidth;
  const observer = new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    listener();
  });
  observer.observe(element);
  return () => observer.disconnect();
}

function memory() {
  const kept = new Map();
  return { get: (name) => kept.get(name) ?? null, set: (name, text) => kept.set(name, text) };
}

/** What is otherwise than in a window. @returns {Partial<import("../shared/host.js").Host>} */
export function notebookPlace(element, root) {
  return {
    address: { get: () => null, replace() {}, link: null },
    home: () => "",
    storage: memory(),
    lasting: memory(),
    kept: null,
    tabs: () => null,
    listen(type, listener) {
      if (type === "resize") return onResize(element, listener);
      root.addEventListener(type, listener);
      return () => root.removeEventListener(type, listener);
    },
    onKeyboard: () => () => {},
    matches: (query) => matchesIn(element, query),
    isMeantFor: (app, path) => path.includes(app),
    tellAround() {},
    announce(name, detail) {
      element.dispatchEvent(new CustomEvent(`mlpviz:${name}`, { detail, bubbles: true }));
    },
  };
}

// JupyterLab takes keys before anything on the page does, but for those of an element with this attribute
const SUPPRESS = "lmSuppressShortcuts";

// The keys that are typed into the page stay in it. Those with Ctrl, such as that which saves, go to the notebook; and
// a second Escape, after the page's own, gives the focus back. Gives what ends it.
export function watchKeys(element, root) {
  element.dataset[SUPPRESS] = "true";
  const isOwn = ({ key, ctrlKey, metaKey }) => !(ctrlKey || metaKey) || PAGES_OWN.has(key);
  const before = (event) => {
    if (isOwn(event)) return;
    delete element.dataset[SUPPRESS];
    setTimeout(() => {
      element.dataset[SUPPRESS] = "true";
    });
  };
  let last = "";
  const after = (event) => {
    if (event.key === "Escape" && last === "Escape") leave(element, root);
    last = event.key;
    if (isOwn(event)) event.stopPropagation();
  };
  // before the notebook hears of it, and only while the focus is here
  const enter = () => window.addEventListener("keydown", before, true);
  const out = () => window.removeEventListener("keydown", before, true);
  element.addEventListener("focusin", enter);
  element.addEventListener("focusout", out);
  element.addEventListener("keydown", after);
  return out;
}

// to the next place around that can have the focus: the cell, or the notebook
function leave(element, root) {
  root.activeElement?.blur();
  for (let node = element.parentElement; node; node = node.parentElement) {
    if (!node.hasAttribute("tabindex")) continue;
    node.focus({ preventScroll: true });
    return;
  }
}
