// The cards under the cell in focus: which of them belong to it, when Python is asked for them, and which stay folded.
// Nothing is computed here. A step alone never asks the server: what belongs to it comes folded, and asks when opened.

import { setProperties } from "../shared/dom.js";
import { Contour } from "./contour.js";
import { LossCard } from "./loss_breakdown.js";
import { Nudge } from "./loss_curve.js";
import { UpdateCard } from "./update_breakdown.js";
import { selectionOf } from "./view.js";
import { WalkCard } from "./trajectory_card.js";
import { Why } from "./gradient_verdict.js";

const AT_ONCE = 20,
  AFTER_AN_EDIT = 250; // ms: explaining must not delay the repaint of the next edit

export class Cards {
  constructor(host) {
    this.host = host;
    this.cards = {
      why: new Why(),
      nudge: new Nudge(host),
      contour: new Contour(host),
      loss: new LossCard(host),
      update: new UpdateCard(host),
      walk: new WalkCard(host),
    };
    this.elements = Object.values(this.cards).map((card) => card.element);
    this.answers = {};
  }

  // `cell` is what the panel is about, apart from hovering; `known`: the step has reached it
  paint(model, scene, view, cell, known) {
    const focus = known && cell ? selectionOf(cell) : null;
    const isSelected = view.selection !== null;
    const { second } = view;
    const question = { focus, second, sample: view.sample };
    const { answers } = scene;
    if (answers && answers !== this.taken) {
      this.taken = answers;
      for (const [name, answer] of Object.entries(answers.cards))
        this.answers[name] = { ...this.#key(this.cards[name], answers, scene, view), answer };
    }
    const missing = [];
    for (const [name, card] of Object.entries(this.cards)) {
      const { key, place } = this.#key(card, question, scene, view);
      const wanted =
        (focus !== null || card.isOfNoCell === true) &&
        card.wants({ cell, model, isSelected, second, walked: scene.walked });
      const found = this.answers[name];
      // while a number is dragged the card stays, with the answer for a moment ago
      const answer = wanted && found?.place === place ? found.answer : null;
      const isOpen = wanted && (card.isOpen?.(isSelected, cell) ?? true);
      card.show(answer);
      // a folding card stands there before its answer
      setProperties(card.element, { hidden: !(answer || (wanted && card.isOpen)) });
      if (isOpen && found?.key !== key) missing.push(name);
    }
    this.#ask(missing, this.#key(null, question, scene, view), question);
  }

  // the weights on the strongest path of the gradient that is explained, as numbers of cells
  path(model) {
    return this.cards.why.path(model);
  }

  // what an answer is about (`place`), and for which state of the network it holds
  #key(card, { focus, second, sample }, { version }, { numbers }) {
    const place = card?.isOfNoCell ? "" : [focus, second, sample].join("|");
    return { place, key: `${version}|${place}|${numbers}` };
  }

  #ask(missing, { key, place }, question) {
    const wanted = missing.length ? `${key}|${missing}` : null;
    if (wanted === null) clearTimeout(this.timer);
    else if (wanted !== this.asked) {
      clearTimeout(this.timer);
      const isEdit = this.place === place;
      this.timer = setTimeout(
        () => this.host.send({ type: "explain", cards: missing, ...question }),
        isEdit ? AFTER_AN_EDIT : AT_ONCE,
      );
    }
    this.asked = wanted;
    this.place = place;
  }
}
