// What was answered in the lesson that is open: kept in the tab, so that a reload asks nothing again.

const NAME = "mlpviz.lesson_answers";

export class KeptAnswers {
  constructor(host) {
    this.host = host;
  }

  // by step, from 1: what stands in its fields by their names, or the one text of a question without fields by ""
  of(lesson) {
    try {
      const kept = JSON.parse(this.host.storage.get(NAME) ?? "{}");
      return kept.lesson === lesson && kept.steps ? kept.steps : {};
    } catch {
      return {}; // what another page has written there
    }
  }

  note({ lesson, number, question }, answers) {
    if (!question) return;
    const texts = Object.entries(answers).map(([name, { text }]) => [name, text]);
    if (!question.on_sheet && question.given) texts.push(["", question.given]);
    const { [number]: before, ...others } = this.of(lesson);
    if (!texts.length && !before) return;
    const steps = texts.length ? { ...others, [number]: Object.fromEntries(texts) } : others;
    this.host.storage.set(NAME, JSON.stringify({ lesson, steps }));
  }
}
