import assert from "node:assert/strict";
import { test } from "node:test";

// as much of an input as a text field needs
class Input extends EventTarget {
  value = "";
  selectionStart = 0;
  selectionEnd = 0;
  setAttribute() {}
  append() {}
  setSelectionRange(from, to) {
    this.selection = [from, to];
  }
}
globalThis.document = /** @type {any} */ ({ createElement: () => new Input() });

const field = await import("../../mlpviz/web/shared/text_field.js");

function made() {
  const sent = [];
  const input = /** @type {any} */ (field.textField({}, (text) => sent.push(text)));
  const type = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input"));
  };
  const press = (key) => input.dispatchEvent(Object.assign(new Event("keydown"), { key }));
  return { input, sent, type, press };
}

test("what is typed stays, whatever arrives, and is sent once", () => {
  const { input, sent, type, press } = made();
  field.showText(input, "1");
  type("0.0");
  field.showText(input, "2");
  assert.equal(input.value, "0.0");
  type("0.01");
  press("a");
  assert.deepEqual(sent, []);
  press("Enter");
  input.dispatchEvent(new Event("change"));
  input.dispatchEvent(new Event("blur"));
  assert.deepEqual(sent, ["0.01"]);
});

test("what was sent gives way to what counts, also where it has the focus", () => {
  const { input, type, press } = made();
  type("much");
  press("Enter");
  field.showText(input, "2");
  assert.equal(input.value, "2");
});

test("leaving sends what was typed, and only that", () => {
  const { input, sent, type } = made();
  input.dispatchEvent(new Event("blur"));
  type("3");
  input.dispatchEvent(new Event("blur"));
  assert.deepEqual(sent, ["3"]);
});

test("what is taken back is not sent", () => {
  const { input, sent, type } = made();
  type("3");
  field.takeBack(input, "1");
  input.dispatchEvent(new Event("blur"));
  assert.deepEqual([sent, input.value], [[], "1"]);
});

test("the field in the place of another one goes on with its text", () => {
  const [one, other] = [made(), made()];
  one.type("0.");
  const left = field.pickUp(one.input);
  one.input.dispatchEvent(new Event("change")); // as the browser does for what leaves the page
  field.goOn(other.input, left);
  other.press("Enter");
  assert.deepEqual([one.sent, other.sent], [[], ["0."]]);
  assert.equal(field.pickUp(other.input).text, null);
});

test("the field in the place of another one has the same selected", () => {
  const [one, other] = [made(), made()];
  Object.assign(one.input, { value: "5", selectionStart: 0, selectionEnd: 1 });
  other.input.value = "10";
  field.goOn(other.input, field.pickUp(one.input));
  assert.deepEqual(other.input.selection, [0, 2], "all is still all");
  Object.assign(one.input, { value: "123", selectionStart: 1, selectionEnd: 2 });
  field.goOn(other.input, field.pickUp(one.input));
  assert.deepEqual(other.input.selection, [1, 2]);
  other.press("Enter");
  assert.deepEqual(other.sent, [], "nothing was typed");
  assert.equal(field.pickUp(/** @type {any} */ ({ value: "a menu" })), null);
});
