// How far a learner of this browser has come in each lesson: kept in the browser, on no server.

const NAME = "mlpviz.lessons";

export class LessonPlaces {
  constructor(host) {
    this.host = host;
  }

  // key of a lesson -> the furthest step, from 1; one more than there are when the last is answered
  get steps() {
    try {
      const found = JSON.parse(this.host.lasting.get(NAME) ?? "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      return {}; // what another page has written there
    }
  }

  note({ lesson, number, steps, is_answered }) {
    const found = this.steps;
    const reached = number === steps && is_answered ? steps + 1 : number;
    if (reached <= (found[lesson] ?? 0)) return;
    this.host.lasting.set(NAME, JSON.stringify({ ...found, [lesson]: reached }));
  }

  // the step at which to go on: the first one of a lesson that is new, or done
  next({ key, steps }) {
    const reached = this.steps[key] ?? 1;
    return reached > steps ? 1 : reached;
  }

  said({ key, steps }) {
    const reached = this.steps[key] ?? 0;
    if (reached > steps) return "✓ done";
    return reached > 1 ? `go on at step ${reached} of ${steps}` : `${steps} steps`;
  }
}
