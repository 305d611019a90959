// The keys of the sheet as a whole: what a key does where no field takes it for itself.

const FIELDS = "input[type=text], textarea, select";
const BUTTONS = "button, summary, a, input[type=checkbox]";

export class Keyboard {
  // cellKey(event, target): whether the selected cell took it; actions: key -> what it does; scrubber: the slider of
  // the steps; second: { isPicking(), take(event), clear() } of the pair of numbers; send(event)
  // room: { isOn(), actions } of presenting, which come first
  constructor({ cellKey, actions, room, scrubber, second, send }) {
    this.cellKey = cellKey;
    this.actions = actions;
    this.room = room;
    this.scrubber = scrubber;
    this.second = second;
    this.send = send;
  }

  key(event) {
    const [target] = event.composedPath();
    if (target.matches?.(FIELDS)) return;
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.key.toLowerCase() === "z") {
      this.send({ type: event.shiftKey ? "redo" : "undo" });
      return event.preventDefault();
    }
    if (isControl || event.defaultPrevented) return;
    if (this.#takes(event, target)) event.preventDefault();
  }

  #takes(event, target) {
    const { second, scrubber } = this;
    const inRoom = this.room.isOn() && this.room.actions[event.key];
    if (inRoom) {
      inRoom();
      return true;
    }
    if (second.isPicking() && event.key === "Escape") {
      second.clear();
      return true;
    }
    if (second.isPicking() && event.key === "Enter") return second.take(event);
    const isOnButton = target.matches?.(BUTTONS) ?? false;
    const isOnSlider = target.matches?.("input[type=range]") ?? false;
    if (!isOnButton && !isOnSlider && this.cellKey(event, target)) return true;
    // the arrow keys of a slider are its own, but for the scrubber's, which step
    if (isOnSlider && target !== scrubber) return false;
    if (isOnButton && (event.key === " " || event.key === "Enter")) return false;
    const action = this.actions[event.key];
    action?.();
    return action !== undefined;
  }
}
