// Whether what an answer says was said already. Answers may overtake one another: the one to a check, made before an
// edit was refused, must not take the sentence about it away.

const FEW = 1000; // actions that a late answer may be behind; another server's numbers, which begin at its clock, are
// further away

export class SaidOnce {
  constructor() {
    this.last = null;
  }

  /** @param {number} number of the sentences in an answer, which grows with each action */
  isNew(number) {
    const behind = this.last === null ? -1 : this.last - number;
    if (behind >= 0 && behind < FEW) return false;
    this.last = number;
    return true;
  }
}
