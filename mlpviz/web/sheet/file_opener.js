// Opening files of any kind: chosen or dropped, sent in pieces; a network of another tool is shown before it opens.

import { h, rebuild, setProperties, setText } from "../shared/dom.js";
import { Upload } from "../shared/upload.js";

export class FileOpener {
  // notify(sentence, isError)
  constructor({ send, notify }) {
    this.send = send;
    this.notify = notify;
    this.upload = new Upload({
      send,
      complain: (sentence) => notify(sentence, true),
      done: () => send({ type: "open_files" }),
    });
    this.input = h("input", {
      type: "file",
      hidden: true,
      multiple: true,
      "aria-label": "file to open",
      onchange: () => {
        this.open(this.input.files);
        this.input.value = "";
      },
    });
    this.title = h("h2", { id: "import-title" });
    this.body = h("div", { class: "import-body" });
    const button = (label, type, kind) =>
      h("button", { type: "button", class: kind, onclick: () => send({ type }) }, label);
    this.dialog = h(
      "dialog",
      {
        class: "import",
        "aria-labelledby": "import-title",
        oncancel: (event) => {
          event.preventDefault();
          send({ type: "cancel_import" });
        },
      },
      this.title,
      this.body,
      h(
        "div",
        { class: "bar" },
        button("Open on the sheet", "finish_import", "primary"),
        button("Cancel", "cancel_import", ""),
      ),
    );
    this.elements = [this.input, this.upload.element, this.dialog];
  }

  // suffixes: endings of the files that can be opened
  offer(suffixes) {
    this.input.accept = suffixes.join(",");
  }

  choose() {
    this.input.click();
  }

  open(files) {
    if (files.length) this.upload.openAll([...files]);
  }

  // files that are dropped anywhere onto the sheet
  watch(place) {
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    place.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      place.classList.add("dropping");
    });
    place.addEventListener("dragleave", (event) => {
      if (!place.contains(event.relatedTarget)) place.classList.remove("dropping");
    });
    place.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      place.classList.remove("dropping");
      this.open(event.dataTransfer.files);
    });
  }

  // the state of the page, and what was said about the last event
  /** @param {Record<string, any>} state @param {string | null} error */
  take({ importing, arrived }, error) {
    this.upload.take({ arrived }, error);
    if (!importing) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    setText(this.title, `${importing.file}: ${importing.tool}`);
    rebuild(
      this.body,
      ...this.#guesses(importing.guesses),
      ...list("Understood", importing.understood),
      ...list("Not held", importing.left_out),
    );
    setProperties(this.dialog, { hidden: false });
    if (!this.dialog.open) this.dialog.showModal();
  }

  #guesses(guesses) {
    if (!guesses.length) return [];
    const rows = guesses.map(({ key, question, choices, chosen }) => {
      const select = h("select", {
        "aria-label": question,
        "data-control": `import.${key}`,
        onchange: () => this.send({ type: "answer_import", key, choice: select.value }),
      });
      for (const [value, words] of choices)
        select.append(new Option(words, value, false, value === chosen));
      return h("label", {}, h("span", {}, question), select);
    });
    return [h("h3", {}, "Guessed: please check"), h("div", { class: "guesses" }, ...rows)];
  }
}

function list(heading, sentences) {
  if (!sentences.length) return [];
  return [h("h3", {}, heading), h("ul", {}, ...sentences.map((sentence) => h("li", {}, sentence)))];
}
