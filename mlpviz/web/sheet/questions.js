// What the sheet asks Python by itself, a moment after a change: the cards that are open, and what is to be said of
// the network as a whole. No repaint waits for it, and painting asks for nothing.

const AT_ONCE = 20; // ms
const AFTER_AN_EDIT = 250; // ms: explaining must not delay the repaint of the next edit
const FIRST_REVIEW = 60; // ms

export class Questions {
  constructor(send) {
    this.send = send;
    this.hasReviewed = false;
  }

  // missing: of Cards
  askForCards({ cards, question, key, place }) {
    const wanted = cards.length ? `${key}|${cards}` : null;
    if (wanted === null) clearTimeout(this.explaining);
    else if (wanted !== this.wanted) {
      const isEdit = this.place === place;
      const ask = () => this.send({ type: "explain", cards, ...question });
      clearTimeout(this.explaining);
      this.explaining = setTimeout(ask, isEdit ? AFTER_AN_EDIT : AT_ONCE);
    }
    this.wanted = wanted;
    this.place = place;
  }

  askForReview({ version }, { numbers }) {
    const key = `${version}|${numbers}`;
    if (key === this.reviewed) return;
    this.reviewed = key;
    clearTimeout(this.reviewing);
    const pause = this.hasReviewed ? AFTER_AN_EDIT : FIRST_REVIEW;
    this.reviewing = setTimeout(() => this.send({ type: "review" }), pause);
  }

  takeReview() {
    this.hasReviewed = true;
  }

  stop() {
    clearTimeout(this.explaining);
    clearTimeout(this.reviewing);
  }
}
