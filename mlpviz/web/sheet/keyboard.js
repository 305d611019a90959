// The keys of the sheet as a whole: what a key does where no field takes it for itself.

import { actionsFor, entryOf, isOff } from "../shared/keys.js";
import { EDIT_KEYS, keysWith, SHEET_KEYS } from "./keys.js";

const FIELDS = "input[type=text], textarea, select";
const BUTTONS = "button, summary, a, input[type=checkbox]";

export class Keyboard {
  // keys: the list that is obeyed, as far as what is behind the sheet allows; cellKey(event): whether the selected cell
  // took it; actions: name of each key's action -> what it does; scrubber: the slider of the steps; and where a network
  // is edited: second: { isPicking(), take(event), clear() } of the pair of numbers; edits: the actions of keys with
  // Ctrl; room: { isOn(), actions } of presenting, which come first
  /**
   * @param {{ keys?: object[], behind?: string, cellKey: Function, actions: object, room?: any, scrubber: Element,
   *   second?: any,
   *   edits?: object }} how
   */
  constructor({
    keys = SHEET_KEYS,
    behind = "python",
    cellKey,
    actions,
    room,
    scrubber,
    second,
    edits,
  }) {
    this.keys = keysWith(keys, behind);
    this.cellKey = cellKey;
    this.actions = actionsFor(keys, actions);
    this.edits = edits && actionsFor(EDIT_KEYS, edits);
    this.room = room;
    this.scrubber = scrubber;
    this.second = second;
  }

  key(event) {
    const [target] = event.composedPath();
    if (target.matches?.(FIELDS)) return;
    const edit = this.edits && entryOf(EDIT_KEYS, event);
    if (edit) {
      this.edits[edit.act]();
      return event.preventDefault();
    }
    if (event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (this.#takes(event, target)) event.preventDefault();
  }

  #takes(event, target) {
    const { second, scrubber } = this;
    const inRoom = this.room?.isOn() && !isOff(event) && this.room.actions[event.key];
    if (inRoom) {
      inRoom();
      return true;
    }
    if (second?.isPicking() && event.key === "Escape") {
      second.clear();
      return true;
    }
    if (second?.isPicking() && event.key === "Enter") return second.take(event);
    const isOnButton = target.matches?.(BUTTONS) ?? false;
    const isOnSlider = target.matches?.("input[type=range]") ?? false;
    if (!isOnButton && !isOnSlider && this.cellKey(event)) return true;
    // the arrow keys of a slider are its own, but for the scrubber's, which step
    if (isOnSlider && target !== scrubber) return false;
    if (isOnButton && (event.key === " " || event.key === "Enter")) return false;
    const entry = entryOf(this.keys, event);
    if (entry) this.actions[entry.act]();
    return entry !== undefined;
  }
}
