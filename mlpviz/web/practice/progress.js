// What a learner of this browser has solved, by topic: kept in the browser, on no server.

const NAME = "mlpviz.progress";
const MASTERED = 3; // in a row without help
const KEPT = 500; // exercises that are known again

export class Progress {
  constructor(host) {
    this.host = host;
  }

  // by topic: how many were solved, and how many in a row without help
  get topics() {
    return this.#read().topics;
  }

  #read() {
    try {
      const { topics, solved } = JSON.parse(this.host.lasting.get(NAME) ?? "{}");
      return { topics: topics ?? {}, solved: Array.isArray(solved) ? solved : [] };
    } catch {
      return { topics: {}, solved: [] }; // what another page has written there
    }
  }

  // an exercise counts once, however often its page is opened
  note({ done, topic, fingerprint, helped }) {
    const found = this.#read();
    if (!done || !topic || found.solved.includes(fingerprint)) return;
    const { solved = 0, row = 0 } = found.topics[topic] ?? {};
    found.topics[topic] = { solved: solved + 1, row: helped ? 0 : row + 1 };
    found.solved = [...found.solved, fingerprint].slice(-KEPT);
    this.host.lasting.set(NAME, JSON.stringify(found));
  }

  said(topic) {
    const { solved = 0, row = 0 } = this.topics[topic] ?? {};
    if (!topic || !solved) return "";
    const count = `${solved} solved in this topic`;
    if (row >= MASTERED) return `${count}, mastered: ${row} in a row without help`;
    return `${count}, ${row} in a row without help; ${MASTERED} make it mastered`;
  }

  mark(topic) {
    const { solved = 0, row = 0 } = this.topics[topic] ?? {};
    return row >= MASTERED ? " ★" : solved ? " ✓" : "";
  }

  save() {
    const text = JSON.stringify({ version: 1, topics: this.topics }, null, 1);
    this.host.saveFile("mlpviz-progress.json", new Blob([text], { type: "application/json" }));
  }
}
