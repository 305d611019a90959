// The knobs of an entry of a registry: one small field each. What is typed is checked by Python, not here.

import { allDigits } from "../shared/number_text.js";
import { h, setOptions } from "../shared/dom.js";
import { parseTyped } from "./editing.js";

// a control whose value is known: `data-value` brings it back when Python refuses, `data-control` keeps the focus
export function control(tag, name, value, attributes) {
  const element = h(tag, { "data-control": name, "data-value": String(value), ...attributes });
  if (element.type === "checkbox") element.checked = value;
  else element.value = value;
  return element;
}

export function choiceControl(name, options, value, attributes) {
  const select = h("select", { "data-control": name, "data-value": String(value), ...attributes });
  setOptions(select, options, String(value));
  return select;
}

export function refused(root) {
  for (const element of root.querySelectorAll("[data-value]")) {
    if (element.type === "checkbox") element.checked = element.dataset.value === "true";
    else element.value = element.dataset.value;
  }
}

// `knobs`: [{ name, label, kind, value, choices, sentence }]; `turn(name, value)` sends the edit
export function buildKnobs(knobs, owner, turn) {
  return knobs.map(({ name, label, kind, value, choices, sentence }) =>
    h(
      "label",
      { class: `knob ${kind}`, title: `${label}: ${sentence}` },
      h("span", {}, label),
      field(
        kind,
        `${owner}.${name}`,
        value,
        choices,
        { "aria-label": `${label} of ${owner}` },
        (typed) => turn(name, typed),
      ),
    ),
  );
}

function field(kind, key, value, choices, attributes, send) {
  if (kind === "bool")
    return control("input", key, value, {
      ...attributes,
      type: "checkbox",
      onchange: (event) => send(event.target.checked),
    });
  if (kind === "choice")
    return choiceControl(
      key,
      choices.map((choice) => [choice, choice]),
      value,
      { ...attributes, onchange: (event) => send(event.target.value) },
    );
  const isList = kind === "floats";
  return control("input", key, isList ? value.map(allDigits).join(" ") : allDigits(value), {
    ...attributes,
    type: "text",
    inputmode: "decimal",
    class: "knob-number",
    onchange: ({ target }) =>
      send(
        isList
          ? target.value
              .trim()
              .split(/[\s;]+/)
              .filter(Boolean)
              .map(parseTyped)
          : parseTyped(target.value),
      ),
  });
}
