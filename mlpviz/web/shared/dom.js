// How elements are made. Text goes in as text nodes only; MathML of ours is the one exception.

import { capitalised } from "./capital.js";
import { inReadersSign } from "./decimal_sign.js";
import { partsOf } from "./number_text.js";

// what is copied into a program keeps its points
const CODE = new Set(["code", "pre", "textarea"]);
// attributes that people read
const READ = new Set([
  "title",
  "placeholder",
  "aria-label",
  "aria-valuetext",
  "ariaLabel",
  "data-exact",
]);

function seen(element, text) {
  return CODE.has(element.localName) ? text : inReadersSign(text);
}

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null)
      element.setAttribute(name, READ.has(name) ? inReadersSign(value) : value);
  }
  element.append(...children.filter((child) => child != null).map((child) => seen(element, child)));
  return element;
}

// the name of a button from what stands on it and what it does, beginning with the words that are seen: who speaks to
// the computer says these
export function nameOf(label, title) {
  const words = label.replace(/[^\p{L}\p{N} ]/gu, "").trim();
  const isIn = title.toLowerCase().includes(words.toLowerCase());
  return isIn ? title : `${words}: ${title}`;
}

// what has the focus in the same document or shadow root
export function activeIn(element) {
  return element.getRootNode().activeElement;
}

// These children in this order. Those that are there already stay, and the one with the focus is not even moved: an
// element that leaves the page loses its focus, an open menu, and the click that has begun on it.
export function setChildren(place, wanted) {
  const kept = new Set(wanted);
  for (const child of [...place.childNodes]) if (!kept.has(child)) child.remove();
  const active = activeIn(place);
  const held = active ? wanted.findIndex((child) => child.contains(active)) : -1;
  for (let i = held - 1; i >= 0; i--)
    if (wanted[i].nextSibling !== wanted[i + 1]) place.insertBefore(wanted[i], wanted[i + 1]);
  for (let i = held + 1; i < wanted.length; i++) {
    const next = i ? wanted[i - 1].nextSibling : place.firstChild;
    if (next !== wanted[i]) place.insertBefore(wanted[i], next);
  }
}

// New children in the place of the old ones, for what is read and pressed but not typed into: the focus goes to the one
// that says the same as the one that had it.
export function rebuild(place, ...children) {
  const active = activeIn(place);
  const sought = active && active !== place && place.contains(active) ? signOf(active) : null;
  place.replaceChildren(...children);
  if (sought === null) return;
  const found = [...place.querySelectorAll(active.localName)].find((one) => signOf(one) === sought);
  found?.focus({ preventScroll: true });
}

function signOf(element) {
  const { control } = element.dataset;
  return control ?? element.getAttribute("aria-label") ?? (element.title || element.textContent);
}

// head and body of a table: cells hold texts, lists of nodes, or are made already; the first of each row is its
// heading
export function tableParts(head, rows) {
  const cell = (content, tag, scope) =>
    content instanceof HTMLTableCellElement ? content : h(tag, { scope }, ...[content].flat());
  const row = ([first, ...others]) =>
    h("tr", {}, cell(first, "th", "row"), ...others.map((content) => cell(content, "td", null)));
  const headings = (head ?? []).map((content) => cell(content, "th", "col"));
  const parts = head ? [h("thead", {}, h("tr", {}, ...headings))] : [];
  return [...parts, h("tbody", {}, ...rows.map(row))];
}

export function table(attributes, head, rows) {
  return h("table", attributes, ...tableParts(head, rows));
}

// a menu that closes leaves the focus on what opened it, not on what is hidden now
export function closeMenu(menu) {
  const isInside = menu.contains(activeIn(menu));
  menu.open = false;
  if (isInside) menu.querySelector("summary").focus();
}

export function closeOnEscape(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    closeMenu(menu);
    event.stopPropagation();
  });
  return menu;
}

export function svg(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  return element;
}

// what it is, on hover
export function titled(element, title) {
  const label = svg("title");
  label.textContent = inReadersSign(title);
  element.prepend(label);
  return element;
}

// a point in a plot
/** @param {number[]} place @param {string} name @param {string} title */
export function dot([x, y], name, title) {
  return titled(svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4, class: name }), title);
}

// a number as Python writes it: its text, and all digits where that leaves some out
export function number(tag, [text, exact], attributes = {}) {
  return h(tag, { ...attributes, title: exact || null }, text);
}

// a sentence of Python, in which each rounded number has all of its digits on hover
export function setTold(element, sentence) {
  const said = typeof sentence === "string" ? sentence : JSON.stringify(sentence);
  if (sentences.get(element) === said) return;
  sentences.set(element, said);
  element.replaceChildren(...toldNodes(sentence));
}

export function toldNodes(sentence) {
  return partsOf(sentence).map((part) =>
    typeof part === "string" ? inReadersSign(part) : number("span", part, { class: "digits" }),
  );
}

const sentences = new WeakMap(); // element -> what it says

const MATH = "http://www.w3.org/1998/Math/MathML";

export function math(tag, ...children) {
  const element = document.createElementNS(MATH, tag);
  element.append(...children.map(inReadersSign));
  return element;
}

// `source` is MathML that our Python made from the registries; it never holds text of the user
export function parsedMath(source) {
  const template = document.createElement("template");
  template.innerHTML = source;
  const tree = template.content.firstElementChild;
  for (const number of tree.querySelectorAll("mn, mtext")) setText(number, number.textContent);
  return tree;
}

// write only what changed: painting is on the path of every edit
export function setText(element, text) {
  const shown = seen(element, text);
  if (element.textContent !== shown) element.textContent = shown;
}

export function setProperties(element, properties) {
  for (const [name, given] of Object.entries(properties)) {
    const value = READ.has(name) ? inReadersSign(given) : given;
    // an input holds its numbers as text
    if (String(element[name]) !== String(value)) element[name] = value;
  }
}

export function setAttribute(element, name, value) {
  const shown = READ.has(name) ? inReadersSign(value) : value;
  if (element.getAttribute(name) !== String(shown)) element.setAttribute(name, shown);
}

// what a person named, such as a column, stays as it is: `asGiven`
export function setOptions(select, options, value, asGiven = false) {
  const shown = asGiven ? (label) => label : capitalised;
  const signature = JSON.stringify(options);
  if (select.dataset.options !== signature) {
    select.replaceChildren(
      ...options.map(([key, label]) => h("option", { value: key }, shown(String(label)))),
    );
    select.dataset.options = signature;
  }
  if (select.value !== value) select.value = value;
}
