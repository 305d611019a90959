// The cards under the cell in focus: which of them belong to it, which stay folded, and which answers are missing.
// Nothing is computed here. A step alone never asks the server: what belongs to it comes folded, and asks when
// opened.

import { h, setProperties, setText } from "../shared/dom.js";
import { selectionOf } from "./view.js";

export class Cards {
  // cards: name -> { element, wants(what the card is about), show(answer), isOpen?(isSelected, cell), isOfNoCell?,
  // tellsLoss?: it is not there before the loss is computed, isElsewhere?: not among the others }
  // tells(name, cell): whether a card of this name may be there for a cell
  constructor(cards, tells = (_name, _cell) => true) {
    this.cards = cards;
    this.tells = tells;
    this.answers = {};
  }

  get elements() {
    return Object.values(this.cards)
      .filter((card) => !card.isElsewhere)
      .map((card) => card.element);
  }

  // `cell` is what the panel is about, apart from hovering
  paint(model, scene, view, cell) {
    const about = aboutOf(model, scene, view, cell);
    const { answers } = scene;
    if (answers && answers !== this.taken) {
      this.taken = answers;
      for (const [name, answer] of Object.entries(answers.cards)) {
        this.answers[name] = { ...keyOf(this.cards[name], answers, scene, view), answer };
      }
    }
    const wanted = this.#wanted(about);
    for (const [name, card] of Object.entries(this.cards)) {
      if (!wanted.has(name)) setProperties(card.element, { hidden: true });
    }
    for (const name of wanted) {
      const card = this.cards[name];
      const { place } = keyOf(card, about.question, scene, view);
      // while a number is dragged the card stays, with the answer for a moment ago
      const found = this.answers[name];
      const answer = found?.place === place ? found.answer : null;
      card.isOpen?.(about.isSelected, cell);
      card.show(answer?.fault ? null : answer);
      sayFault(card, answer?.fault ?? "");
      // a folding card stands there before its answer
      setProperties(card.element, { hidden: !(answer || card.isOpen) });
    }
  }

  // the names of the cards that belong to this; while a number is dragged it stays the same
  #wanted(about) {
    const { question, cell, model, isSelected, walked, isLossKnown, isUpdateKnown } = about;
    const told = Object.keys(this.cards).filter((name) => this.tells(name, cell));
    const key = [
      told,
      question.focus,
      question.second,
      isSelected,
      walked,
      isLossKnown,
      isUpdateKnown,
    ].join("|");
    if (this.asked?.key !== key || this.asked.model !== model) {
      const names = told.filter((name) => wants(this.cards[name], about));
      this.asked = { key, model, names: new Set(names) };
    }
    return this.asked.names;
  }

  // the cells of the path in the verdict that is shown
  path(model) {
    const { why } = this.cards;
    return why.element.hidden ? [] : why.path(model);
  }

  // what Python should be asked for: { cards, question, key, place }; `cards` is empty when nothing is missing
  missing(model, scene, view, cell) {
    const about = aboutOf(model, scene, view, cell);
    const cards = [...this.#wanted(about)].filter((name) => {
      const card = this.cards[name];
      if (!(card.isOpen?.(about.isSelected, cell) ?? true)) return false;
      return this.answers[name]?.key !== keyOf(card, about.question, scene, view).key;
    });
    return { cards, question: about.question, ...keyOf(null, about.question, scene, view) };
  }
}

// that an explanation could not be made, in the place of the explanation
function sayFault(card, sentence) {
  if (!card.fault && !sentence) return;
  card.fault ??= card.element.appendChild(h("p", { class: "fault", role: "status" }));
  setText(card.fault, sentence);
  card.element.classList.toggle("failed", sentence !== "");
}

function aboutOf(model, scene, view, cell) {
  const isKnown = cell !== null && model.isKnown(model.at(cell.block, cell.r, cell.c), view);
  const { second, sample } = view;
  const question = { focus: isKnown ? selectionOf(cell) : null, second, sample };
  return {
    question,
    cell,
    model,
    isSelected: view.selection !== null,
    second,
    walked: scene.walked,
    isLossKnown: model.isKnown(model.byKey.get(`loss.${model.structure.layers}`).offset, view),
    isUpdateKnown: model.isUpdateKnown(cell, view),
  };
}

function wants(card, about) {
  if (card.tellsLoss && !about.isLossKnown) return false;
  return (about.question.focus !== null || card.isOfNoCell === true) && card.wants(about);
}

// what an answer is about (`place`), and for which state of the network it holds
function keyOf(card, { focus, second, sample }, { version }, { numbers }) {
  const place = card?.isOfNoCell ? "" : [focus, second, sample].join("|");
  return { place, key: `${version}|${place}|${numbers}` };
}

// ------------------------------------------------------------------

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
