// The hyperparameters of an entry of a registry: one small field each. What is typed is checked by Python, not here.

import { h, setOptions } from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";
import { setLabel } from "../shared/sentence_case.js";
import { setHelp } from "../shared/term_help.js";
import { inField, showText, textField } from "../shared/text_field.js";

// controls whose value is known: `data-value` brings it back when Python refuses, `data-control` keeps the focus
export function switchControl(name, value, attributes) {
  const element = h("input", { type: "checkbox", ...known(name, value), ...attributes });
  element.checked = value;
  return element;
}

export function textControl(name, value, attributes, send) {
  const element = textField({ inputmode: "decimal", ...known(name, value), ...attributes }, send);
  element.value = inField(element, value);
  return element;
}

function known(name, value) {
  return { "data-control": name, "data-value": String(value) };
}

export function choiceControl(name, options, value, attributes) {
  const select = h("select", { ...known(name, value), ...attributes });
  setOptions(select, options, String(value));
  return select;
}

// the values that hold, in the place of what was refused
export function restoreValues(root) {
  for (const element of root.querySelectorAll("[data-value]")) {
    if (element.type === "checkbox") element.checked = element.dataset.value === "true";
    else showText(element, element.dataset.value);
  }
}

// `entries`: [{ name, label, kind, value, choices, sentence }]; `set(name, value)` sends the edit
export function hyperparameterFields(entries, owner, set) {
  return entries.map((entry) => {
    const { name, label, kind, sentence } = entry;
    const input = field(entry, `${owner}.${name}`, `${label} of ${owner}`, (value) =>
      set(name, value),
    );
    return labelledControl(label, sentence, input, kind);
  });
}

// a control with its label, which says its own sentence, or without one what it is as a term
export function labelledControl(label, sentence, control, kind = "") {
  const shown = h("span");
  setLabel(shown, label);
  setHelp(shown, label, sentence);
  return h("label", { class: `knob ${kind}`.trim() }, shown, control);
}

function field({ kind, value, choices }, key, label, send) {
  const named = { "aria-label": label };
  if (kind === "bool") {
    const onchange = ({ target }) => send(target.checked);
    return switchControl(key, value, { ...named, onchange });
  }
  if (kind === "choice") {
    const options = choices.map((choice) => [choice, choice.replaceAll("_", " ")]);
    return choiceControl(key, options, value, {
      ...named,
      onchange: ({ target }) => send(target.value),
    });
  }
  const text = [value].flat().map(allDigits).join(" ");
  return textControl(key, text, { ...named, class: "knob-number" }, send);
}
