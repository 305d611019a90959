// The hyperparameters of an entry of a registry: one small field each. What is typed is checked by Python, not here.

import { h, setOptions } from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";

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

// the values that hold, in the place of what was refused
export function restoreValues(root) {
  for (const element of root.querySelectorAll("[data-value]")) {
    if (element.type === "checkbox") element.checked = element.dataset.value === "true";
    else element.value = element.dataset.value;
  }
}

// `entries`: [{ name, label, kind, value, choices, sentence }]; `set(name, value)` sends the edit
export function hyperparameterFields(entries, owner, set) {
  return entries.map((entry) => {
    const { name, label, kind, sentence } = entry;
    const input = field(entry, `${owner}.${name}`, `${label} of ${owner}`, (value) =>
      set(name, value),
    );
    return h(
      "label",
      { class: `knob ${kind}`, title: `${label}: ${sentence}` },
      h("span", {}, label),
      input,
    );
  });
}

function field({ kind, value, choices }, key, label, send) {
  const named = { "aria-label": label };
  if (kind === "bool") {
    const onchange = ({ target }) => send(target.checked);
    return control("input", key, value, { ...named, type: "checkbox", onchange });
  }
  if (kind === "choice") {
    const options = choices.map((choice) => [choice, choice]);
    return choiceControl(key, options, value, {
      ...named,
      onchange: ({ target }) => send(target.value),
    });
  }
  return control("input", key, [value].flat().map(allDigits).join(" "), {
    ...named,
    type: "text",
    inputmode: "decimal",
    class: "knob-number",
    onchange: ({ target }) => send(target.value),
  });
}
