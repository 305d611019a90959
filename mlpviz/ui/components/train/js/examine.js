// The result: scores with their interval, the confusion matrix, what was got wrong, residuals, and answers to samples
// that are typed or drawn. Asks Python for everything; refuses to judge.

import { formatNumber, joined, percent, phrase } from "../../number_text.js";
import { h, setTold, toldNodes } from "../../sheet/js/dom.js";
import { Picture, cssOf, sized } from "./colours.js";
import { Draw } from "./draw.js";
import { measured, shared, ticks, whole } from "./measures.js";

export class Examine {
  // host: { send(event), frame, still, colours }
  constructor(host) {
    this.host = host;
    this.parts = h("select", { "aria-label": "which samples are examined", onchange: () => this.#ask(this.parts.value) });
    this.head = h("p", { class: "score" });
    this.body = h("div", { class: "results" });
    this.point = h("form", { class: "point", onsubmit: (event) => { event.preventDefault(); this.#predict(); } });
    this.answer = h("div", { class: "given" });
    this.draw = new Draw((drawing) => host.send({ type: "digit", drawing, gesture: "digit" }));
    this.try = h("div", { class: "try" }, h("h3", {}, "Ask the network"), this.point, this.draw.element, this.answer);
    this.element = h("details", { class: "below examine", ontoggle: () => this.element.open && this.#ask() },
      h("summary", {}, "Examine the result"),
      h("div", { class: "head" }, h("label", {}, "samples ", this.parts), this.head),
      h("div", { class: "columns" }, this.body, this.try));
  }

  #ask(part = this.part) {
    this.asked = this.#moment();
    this.host.send({ type: "examine", part: part ?? null, gesture: "examine" });
  }

  #moment() {
    const { run, viewing, step, focus } = this.host.frame;
    return [run, viewing.epoch, viewing.live && step, focus].join();
  }

  take({ examined, answer }) {
    const { frame, still } = this.host;
    if (answer) this.#answer(answer);
    if (still.run !== this.run) {
      this.run = still.run;
      this.part = null;
      this.answer.replaceChildren();
      this.#fields(still);
    }
    if (examined) this.#show(examined);
    // what was examined belongs to one moment; while it runs there would be no end of asking
    if (this.element.open && frame.status !== "running" && this.asked !== this.#moment()) this.#ask();
  }

  // ------------------------------------------------------------------ asking for one sample

  #fields(still) {
    const pictures = Boolean(still.image_shape);
    this.draw.element.hidden = !pictures;
    this.point.hidden = pictures || still.features.length > 40;
    this.inputs = still.features.slice(0, 40).map((name) => h("input", { type: "text", inputmode: "decimal", "aria-label": name, value: "0" }));
    this.point.replaceChildren(...this.inputs.map((input, i) => h("label", {}, h("span", {}, still.features[i]), input)), h("button", { type: "submit" }, "predict"));
  }

  #predict() {
    this.host.send({ type: "predict", point: this.inputs.map((input) => Number(input.value.replaceAll("−", "-").replace(",", "."))) });
  }

  #answer({ classes, probabilities, guess, values, picture }) {
    const rows = classes
      ? classes.map((name, i) => h("div", { class: i === guess ? "bar chosen" : "bar" }, h("span", {}, name), this.#bar(probabilities[i], i), h("span", {}, ...toldNodes(shared(probabilities[i])))))
      : values.map((value, i) => h("div", { class: "bar" }, h("span", {}, values.length > 1 ? `output ${i + 1}` : "answer"), h("b", {}, ...toldNodes(measured(value)))));
    this.answer.replaceChildren(...(picture ? [h("p", { class: "note" }, "what the network reads:"), this.#picture(picture, 84)] : []), ...rows);
  }

  #bar(share, number) {
    const bar = h("i", {});
    Object.assign(bar.style, { width: `${Math.round(100 * (share ?? 0))}%`, background: cssOf(this.host.colours.ofClass(number)) });
    return h("span", { class: "track" }, bar);
  }

  #picture(grid, side) {
    const { colours } = this.host;
    const canvas = new Picture().paint(grid, colours.strength(colours.text));
    Object.assign(canvas.style, { width: `${side}px`, height: `${side}px`, imageRendering: "pixelated" });
    return canvas;
  }

  // ------------------------------------------------------------------ the result

  #show(result) {
    this.part = result.part;
    this.parts.replaceChildren(...result.parts.map((part) => h("option", { value: part, selected: part === result.part }, `${part} (${part === result.part ? whole(result.samples) : "…"})`)));
    const when = `at epoch ${whole(result.epoch)}`;
    if (result.kind === "classes") {
      const [low, high, confidence] = result.interval;
      setTold(this.head, phrase`accuracy ${shared(result.accuracy)} ${when}, between ${shared(low)} and ${shared(high)} with ${percent(confidence, 0)} confidence · loss ${measured(result.loss)}`);
      this.body.replaceChildren(this.#confusion(result), this.#perClass(result), this.#wrong(result));
    } else {
      setTold(this.head, phrase`R² ${measured(result.r2)} ${when} · root mean squared error ${joined(", ", result.rmse.map(measured))} · mean absolute error ${joined(", ", result.mae.map(measured))} · loss ${measured(result.loss)}`);
      this.body.replaceChildren(this.#residuals(result));
    }
  }

  #confusion({ classes, confusion }) {
    const most = Math.max(...confusion.flat(), 1);
    const { colours } = this.host;
    const cell = (count, i, j) => {
      const td = h("td", {}, count ? String(count) : "·");
      td.style.background = count ? cssOf(i === j ? colours.positive : colours.negative, 0.12 + 0.4 * (count / most)) : "";
      return td;
    };
    return h("figure", { class: "confusion" }, h("figcaption", {}, "Confusion matrix: true classes down, answers across"),
      h("table", {},
        h("thead", {}, h("tr", {}, h("th", {}), ...classes.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...confusion.map((row, i) => h("tr", {}, h("th", { scope: "row" }, classes[i]), ...row.map((count, j) => cell(count, i, j)))))));
  }

  #perClass({ perClass }) {
    return h("figure", {}, h("figcaption", {}, "Scores per class"),
      h("table", {},
        h("thead", {}, h("tr", {}, ...["class", "precision", "recall", "F1", "samples"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...perClass.map(([name, precision, recall, f1, count]) => h("tr", {}, h("th", { scope: "row" }, name), ...[precision, recall, f1].map((share) => h("td", {}, ...toldNodes(shared(share)))), h("td", {}, whole(count)))))));
  }

  #wrong({ wrong, wrongs, classes }) {
    const { host } = this;
    const samples = wrong.map(({ row, true: right, guess, p, picture, x }) => h("button", {
      type: "button", class: "wrong", title: `open sample ${row + 1} on the score sheet: its forward and backward pass`, onclick: () => host.send({ type: "to_sheet", row }),
    }, picture ? this.#picture(picture, 56) : h("span", { class: "note" }, ...toldNodes(joined(", ", x.map(([name, value]) => phrase`${name} ${measured(value)}`)))),
    h("span", {}, `${classes[right]} → ${classes[guess]}`), h("span", { class: "note" }, ...toldNodes(shared(p)))));
    return h("figure", { class: "wrongs" },
      h("figcaption", {}, wrongs ? `Misclassified: ${whole(wrongs)}${wrongs > wrong.length ? `, the ${wrong.length} surest` : ""} (true → answer, its probability). Click one to step through it.` : "Nothing is misclassified."),
      h("div", {}, ...samples));
  }

  #residuals({ predicted, residuals }) {
    const [width, height] = [420, 240];
    const canvas = h("canvas", { role: "img", "aria-label": "residuals over predictions" });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const { colours } = this.host;
    const context = sized(canvas, width, height);
    const ends = (values) => { const [low, high] = [Math.min(...values), Math.max(...values)]; return high > low ? [low, high] : [low - 1, high + 1]; };
    const [[x0, x1], [y0, y1]] = [ends(predicted), ends([...residuals, 0])];
    const x = (value) => 52 + ((width - 64) * (value - x0)) / (x1 - x0);
    const y = (value) => 8 + (height - 40) * (1 - (value - y0) / (y1 - y0));
    context.font = `11px ${colours.font}`;
    context.fillStyle = colours.faint(0.75);
    context.textAlign = "center";
    for (const value of ticks(x0, x1, 5)) context.fillText(formatNumber(value), x(value), height - 18);
    context.fillText("predicted", width / 2, height - 3);
    context.textAlign = "right";
    for (const value of ticks(y0, y1, 5)) context.fillText(formatNumber(value), 46, y(value) + 4);
    context.strokeStyle = colours.faint(0.5);
    context.beginPath();
    context.moveTo(52, y(0));
    context.lineTo(width - 12, y(0));
    context.stroke();
    context.fillStyle = cssOf(colours.positive, 0.7);
    predicted.forEach((value, i) => {
      context.beginPath();
      context.arc(x(value), y(residuals[i]), 2.6, 0, 2 * Math.PI);
      context.fill();
    });
    return h("figure", {}, h("figcaption", {}, "Residuals: true minus predicted"), canvas);
  }
}
