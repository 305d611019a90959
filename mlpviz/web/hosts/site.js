// mlpviz without a server: the pages of a folder of static files, one after the other in the same document, with Python
// in a worker (site_worker.js). The document of each page has the links to all of them, and may bring its first answer.

import { readMessage } from "../shared/message_bytes.js";
import { browserHost } from "./browser.js";
import { FAILED, STARTING, WorkerLine } from "./site_line.js";
import theme from "./site_theme.css";
import "./page.js"; // in one file with what every program has

// from the next visit on, and from now on for its other pages, the site needs no line; not everywhere may one keep
// files
function keepForOffline() {
  navigator.serviceWorker
    ?.register(new URL("../../offline.js", import.meta.url))
    .catch((error) => console.info(`mlpviz cannot be kept for offline use: ${error.message}`));
}

const memos = new Map(); // key of a page -> what it left behind

class Site {
  constructor(first) {
    // the address changes from page to page, and what is beside it stays where it is
    for (const link of document.querySelectorAll("a, link")) {
      const { href } = /** @type {HTMLAnchorElement | HTMLLinkElement} */ (link);
      link.setAttribute("href", href);
    }
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (
      document.querySelectorAll("a[data-page]")
    );
    this.links = new Map([...links].map((link) => [link.dataset.page, link]));
    this.programs = new Map(); // key of a page -> what page.js gives
    this.place = document.querySelector("main");
    this.said = /** @type {HTMLElement} */ (document.querySelector(".python"));
    this.line = new WorkerLine(new URL("site_worker.js", import.meta.url), {
      onAnswer: (answer) => this.#answer(answer),
      onReady: () => {
        this.#say("ready", "");
        keepForOffline(); // not before: it would take the line from what is waited for
      },
      onFailed: (reason) =>
        this.#say("failed", `${FAILED}: reload the page to try again. (${reason})`),
    });
    this.#say("starting", STARTING);
    document.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => this.open(this.#pageHere()));
    const embed = new URLSearchParams(window.location.search).get("embed") ?? "";
    document.body.classList.toggle("embedded", embed.toLowerCase() === "true");
    this.open(first).then(() => this.#bring(first));
  }

  // state: starting, ready or failed
  #say(state, sentence) {
    this.said.dataset.state = state;
    this.said.textContent = sentence;
  }

  #answer(answer) {
    if (answer.go && this.links.has(answer.go)) this.#go(answer.go);
    else if (answer.page === this.page) this.listener?.onAnswer(answer);
  }

  // the page of the address that is shown now
  #pageHere() {
    const here = window.location.pathname.replace(/index\.html$/, "");
    const found = [...this.links].find(([, link]) => new URL(link.href).pathname === here);
    return found?.[0] ?? this.page;
  }

  #follow(event) {
    const link = /** @type {HTMLAnchorElement | undefined} */ (
      event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    );
    const isOther = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link?.dataset.page || isOther) return;
    event.preventDefault();
    if (link.dataset.page !== this.page) this.#go(link.dataset.page);
  }

  #go(page) {
    window.history.pushState(null, "", this.links.get(page).href);
    this.open(page);
  }

  // show a page in the place of the one that is shown
  async open(page) {
    this.stop?.();
    this.stop = this.listener = null;
    this.page = page;
    const link = this.links.get(page);
    for (const one of this.links.values()) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "page");
    document.title = link.dataset.title;
    if (!this.programs.has(page)) {
      const program = await import(new URL(`${page}.js`, import.meta.url).href);
      this.programs.set(page, program.default);
    }
    // another page may have been opened while its program came
    if (this.page !== page || this.stop) return;
    this.#mount(page);
    // not before there is somebody to take the answer
    this.line.visit(page, Object.fromEntries(new URLSearchParams(window.location.search)));
  }

  #mount(page) {
    const element = document.createElement("div");
    const root = element.attachShadow({ mode: "open" });
    this.place.replaceChildren(element);
    if (!memos.has(page)) memos.set(page, new Map());
    const channel = {
      send: (request) => this.line.send(request),
      listen: (listener) => {
        this.listener = listener;
      },
    };
    this.stop = this.programs.get(page).open(root, (style) => theme + style, {
      channel,
      memo: memos.get(page),
      home: () => new URL("../../", import.meta.url).href,
      opens: (other) => this.links.has(other),
    });
  }

  // the first answer that came with the site, if the address is that of an example
  async #bring(page) {
    const brought = document.getElementById("first");
    if (!brought) return;
    const { answer, scenes, folder } = JSON.parse(brought.textContent);
    const address = browserHost().address;
    const network = address.get("d");
    const isPlain = ["n", "f", "c", "w"].every((name) => address.get(name) === null);
    if (!isPlain) return;
    const found =
      network === null
        ? readMessage(Uint8Array.from(atob(answer), (letter) => letter.charCodeAt(0)))
        : await this.#scene(scenes, folder, network);
    // Python's own answer may have come meanwhile
    if (!found || this.page !== page || this.said.dataset.state === "ready") return;
    const view = address.get("v");
    if (view) found.state.view = view;
    this.line.bring(found);
    this.listener?.onAnswer(found);
  }

  async #scene(scenes, folder, network) {
    const name = scenes[network.slice(-16)];
    if (!name) return null;
    const response = await fetch(new URL(`${folder}/${name}.bin`, document.baseURI));
    const answer = response.ok ? readMessage(await response.arrayBuffer()) : null;
    return answer?.address.d === network ? answer : null;
  }
}

new Site(document.querySelector("main").dataset.first);
