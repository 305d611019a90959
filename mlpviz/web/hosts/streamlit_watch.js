// Whether the server answers, said on every page in the same words, and what is done when it does not.
//
// Streamlit tells a lost connection and connects again, but asks for the server ever more seldom, in the end every four
// seconds. So we look for it every second, and let Streamlit connect as soon as it is there. Nor does Streamlit notice
// a connection that is open and dead, as after a day in which the machine slept, or behind a proxy that forgot it. So
// where nothing is answered a socket is opened anew; if the server does not know it, Streamlit connects anew too.

import { h, setText } from "../shared/dom.js";
import { connectAnew, isConnected, isPausing, tellAddress } from "./streamlit_connection.js";

const EACH = 200; // ms between two looks; Streamlit connects again 250 ms after a loss at the earliest
const NOTICED = 1000; // ms without a connection until that is said
const SILENCE = 8000; // ms without an answer until that is said
const REVIVAL = 15_000; // ms between two new sockets, or new connections of Streamlit
const SEARCH = 1000; // ms between two questions whether the server is back; half of it more or less, so that a
// class does not come at the same moment
const TO_ANSWER = 5000; // ms until such a question counts as lost
const TO_READ = 8000; // ms that the sentence about the slower way stands
const HEALTH = "_stcore/health";

const AWAY =
  "The server cannot be reached. What you change waits here and is sent when it is back; this page goes on by itself.";
const SLOWER = "The fast line to the server is silent. What you do takes the slower way for now.";
const SILENT = "The server has not answered for a while. What you do waits here and is sent again.";

export class ConnectionWatch {
  // lost(): there is no connection; found(): there is one again; revive(refused): open the socket anew; refused(): it
  // is not known there
  constructor({ lost, found, revive }) {
    this.lost = lost;
    this.found = found;
    this.revive = revive;
    this.search = null; // of the address, as Streamlit knows it
    this.away = null; // since when there is no connection
    this.asked = null; // since when something has no answer
    this.revived = 0;
    this.slower = -Infinity; // since when the page's own socket is given up
    this.element = h("p", { class: "connection", role: "status" });
    this.timer = setInterval(() => this.#look(), EACH);
  }

  // something was sent that is to be answered
  expect() {
    this.asked ??= performance.now();
  }

  // the page's own socket is given up for now
  takesSlowerWay() {
    this.slower = performance.now();
    this.#look();
  }

  answered() {
    this.asked = null;
  }

  #look() {
    const now = performance.now();
    if (isConnected()) {
      if (this.away !== null) this.found();
      this.away = null;
      this.search = null;
    } else this.#isAway(now);
    const isAway = this.away !== null && now - this.away > NOTICED;
    const isSilent = this.asked !== null && now - this.asked > SILENCE;
    const isSlower = now - this.slower < TO_READ;
    setText(this.element, isAway ? AWAY : isSilent ? SILENT : isSlower ? SLOWER : "");
    if (isAway) search(now);
    if (!isSilent || now - this.revived < REVIVAL) return;
    this.revived = now;
    this.revive(() => replace());
  }

  #isAway(now) {
    if (this.away === null) this.lost();
    this.away ??= now;
    this.asked = null; // it is sent again
    closeDialog();
    const { search } = window.location;
    if (search !== this.search) tellAddress();
    this.search = search;
  }

  stop() {
    clearInterval(this.timer);
    this.element.remove();
  }
}

// Streamlit's own sentence lies over the page, where one may go on reading and stepping
function closeDialog() {
  const button = document.querySelector('[role="dialog"] button[aria-label="Close"]');
  if (button instanceof HTMLElement) button.click();
}

// of all watches of this page, which know one Streamlit
let searchedAt = -Infinity; // when the next question may go
let connectedAt = -Infinity; // when Streamlit was last told to connect

async function isThere() {
  try {
    const health = new URL(HEALTH, new URL(".", window.location.href));
    const { ok } = await fetch(health, {
      cache: "no-store",
      signal: AbortSignal.timeout(TO_ANSWER),
    });
    return ok;
  } catch {
    return false;
  }
}

// Streamlit is told once in a while, and not on a long line, where its own question may be under way: its way to a new
// connection shall not be cut off
async function search(now) {
  if (now < searchedAt || now - connectedAt < REVIVAL) return;
  searchedAt = Infinity;
  const found = await isThere();
  const isFar = performance.now() - now > SEARCH;
  searchedAt = performance.now() + SEARCH * (0.5 + Math.random());
  if (!found || isFar || !isPausing()) return;
  connectedAt = performance.now();
  connectAnew();
}

// the connection is as dead as the socket; where Streamlit does not obey, the page is loaded again, from what its
// address and its tab hold
async function replace() {
  if (!(await isThere())) return;
  connectedAt = performance.now();
  if (!(await connectAnew())) window.location.reload();
}
