// A list of keys is what a page obeys and what its help shows, so that the help cannot lie. An entry has `keys` as the
// browser names them (or a `pattern`), how they are `shown`, what they do in words (`says`), and the name of the
// action (`act`). `isControl`: together with Ctrl or Cmd; `isShifted`, `isAlt`: with Shift or Alt or without, where
// that matters.

// Whether letters and signs are keys: who speaks to the computer, or presses keys by accident, turns them off
// (keys_help.js); Space, Enter, Escape, the arrows and keys with Ctrl stay.
export const letters = { areKeys: true };

export function isOff({ key, ctrlKey, metaKey }) {
  return !letters.areKeys && key.length === 1 && key !== " " && !ctrlKey && !metaKey;
}

// the entry that a pressed key means, or undefined
export function entryOf(list, event) {
  if (isOff(event)) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isControl = event.ctrlKey || event.metaKey;
  return list.find(
    (entry) =>
      Boolean(entry.isControl) === isControl &&
      (entry.isShifted === undefined || entry.isShifted === event.shiftKey) &&
      (entry.isAlt === undefined || entry.isAlt === event.altKey) &&
      (entry.keys?.includes(key) || entry.pattern?.test(key)),
  );
}

// the actions by their names; throws where a key has no action or an action has no key
export function actionsFor(list, actions) {
  const named = new Set(list.map(({ act }) => act));
  const wrong = [...named].filter((act) => !actions[act]);
  const unnamed = Object.keys(actions).filter((act) => !named.has(act));
  if (wrong.length || unnamed.length) throw new Error(`keys without action: ${wrong}; ${unnamed}`);
  return actions;
}

// on a page of forms: what a key means is done, but not where somebody types. Gives what ends it.
export function obeyKeys(host, element, list, actions) {
  return host.listen("keydown", (event) => {
    const path = event.composedPath();
    if (!host.isMeantFor(element, path)) return;
    const isTyping = path[0].closest?.("input[type=text], select");
    const entry = isTyping ? null : entryOf(list, event);
    if (!entry) return;
    actions[entry.act]();
    event.preventDefault();
  });
}

// of every page
export const WORDS_KEY = {
  keys: ["g"],
  shown: ["G"],
  says: "the words on this page, and what they mean",
  act: "words",
};
