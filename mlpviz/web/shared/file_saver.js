// A file that Python gives piece by piece: one message holds less than what people save.

export class FileSaver {
  // ask(event): for the next piece; save(name, content): the whole file
  constructor(ask, save) {
    this.ask = ask;
    this.save = save;
    this.saving = null;
  }

  // a piece comes again with every answer until the next one is asked for
  take(piece) {
    if (!piece) return;
    const { number, at, size, name, type } = piece;
    if (at === 0 && this.saving?.number !== number) this.saving = { number, parts: [], size: 0 };
    const { saving } = this;
    if (saving?.number !== number || at !== saving.size) return;
    const bytes = Uint8Array.from(atob(piece.bytes), (letter) => letter.charCodeAt(0));
    saving.parts.push(bytes);
    saving.size += bytes.length;
    if (saving.size < size) return this.ask({ type: "download_piece", number, at: saving.size });
    this.save(name, new Blob(saving.parts, { type }));
    this.saving = { number, parts: [], size: Infinity };
  }

  // what came before the page was there is not saved again
  skip(piece) {
    if (piece) this.saving = { number: piece.number, parts: [], size: Infinity };
  }
}
