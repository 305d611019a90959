// What a page needs of the place that it runs in. Streamlit is one such place; nothing else of it is known to a page.

import type { Answer, Request } from "./protocol.js";

/** an answer as it arrives: an {"array": i} in it stands for one of the arrays */
export interface ArrivedAnswer extends Answer {
  arrays?: (Float64Array | Int32Array)[];
}

export interface Channel {
  /** false: nobody can be reached now */
  send(request: Request): boolean;
  listen(listener: { onAnswer(answer: ArrivedAnswer): void; onLost(): void }): void;
}

export interface KeptFile {
  name: string;
  content: Blob;
  /** what the address calls the network in it */
  network: string;
}

export interface Host {
  channel: Channel;
  address: {
    get(name: string): string | null;
    /** without an entry in the browser's history */
    replace(changes: Record<string, string | null>): void;
    /** the whole address with these changes, for somebody else; null where the address is not the page's */
    link: ((changes: Record<string, string | null>) => string) | null;
  };
  /** where this app begins: the address of its first page, without parameters */
  home(): string;
  /** what answers: Python, what was answered when the page was written, or nobody, so that what is shown is all there is */
  behind: "python" | "answers" | "nothing";
  /** whether there is this page */
  opens(page: string): boolean;
  storage: { get(name: string): string | null; set(name: string, text: string): void };
  /** the same for good: what the learner of this browser has done */
  lasting: { get(name: string): string | null; set(name: string, text: string): void };
  /** files that are too large for that: what was kept under a name; undefined if there is none, or nothing is kept here; null where
   * the host holds the network itself */
  kept: {
    get(name: string): Promise<KeptFile | undefined>;
    set(name: string, kept: KeptFile): Promise<unknown>;
  } | null;
  /** what a page leaves behind for itself, should it be taken away and come again in this window */
  memo: Map<string, unknown>;
  /** a channel to the other tabs of this browser, or null where there is none */
  tabs(name: string): BroadcastChannel | null;
  saveFile(name: string, content: Blob): void;
  /** events of what surrounds the page: keys after a click beside it, the window's size. Gives what stops it. */
  // biome-ignore lint/suspicious/noExplicitAny: as addEventListener
  listen(type: string, listener: (event: any) => void): () => void;
  /** how many pixels at the bottom a keyboard on the screen covers, whenever that changes. Gives what stops it. */
  onKeyboard(listener: (covered: number) => void): () => void;
  /** whether a media query holds for the place that the page has */
  matches(query: string): boolean;
  /** whether a key with this target is meant for the page in `element` */
  isMeantFor(element: Element, path: EventTarget[]): boolean;
  /** says to the page that shows this one in a frame, if there is one */
  tellAround(message: { type: string; height: number }): void;
  /** says to whoever measures or waits that something was painted */
  announce(name: string, detail: unknown): void;
}

export type Main = (root: ShadowRoot, host: Host) => () => void;
