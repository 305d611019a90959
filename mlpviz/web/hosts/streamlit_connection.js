// Whether a message would reach Python now, and the page that sent it.
//
// While the server is away Streamlit drops what components send, and complains in the console. And a message names
// the page it comes from: right behind the click that opens another page it would call the server back.

const LONGEST = 5000; // ms until a page that has not come is no longer waited for

let opening = null; // { path, until }
let users = 0;

function watch(event) {
  const { origin, pathname } = window.location;
  const link = event
    .composedPath()
    .find((node) => node instanceof HTMLAnchorElement && node.origin === origin);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname === pathname)
    return;
  opening = { path: link.pathname, until: performance.now() + LONGEST };
}

// as long as anybody needs to know; gives what ends it
export function watchConnection() {
  if (users === 0) document.addEventListener("click", watch, true);
  users += 1;
  return () => {
    users -= 1;
    if (users === 0) document.removeEventListener("click", watch, true);
  };
}

// Streamlit tells a component nothing about it, but writes it on the page; without that mark we do not know better
function connectionState() {
  const mark = document.querySelector("[data-test-connection-state]");
  return mark instanceof HTMLElement ? mark.dataset.testConnectionState : undefined;
}

export function isConnected() {
  const state = connectionState();
  return state === undefined || state === "CONNECTED";
}

// Between two of its own questions whether the server is there; these are up to four seconds apart.
export function isPausing() {
  return connectionState() === "PINGING_SERVER";
}

let isRunAsked = false; // Streamlit begins the next connection with a run of the script

// Let Streamlit drop its connection, if it has one, and open another one at once, over which it runs the script. It
// obeys where the server has named this origin (own_origin.py); gives whether it did.
export async function connectAnew() {
  await heard("TERMINATE_WEBSOCKET_CONNECTION");
  if (isConnected()) return false;
  tellAddress();
  isRunAsked = true;
  await heard("RESTART_WEBSOCKET_CONNECTION");
  return true;
}

// Let Streamlit run the script over a connection that it has made by itself, unless it runs it anyhow.
export function askForRun(runsAnyhow) {
  if (!isRunAsked && !runsAnyhow) heard("RERUN_SCRIPT");
  isRunAsked = false;
}

// Send Streamlit a message; its own listener was there before this one.
function heard(type) {
  return new Promise((done) => {
    const listen = ({ data }) => {
      if (data?.type !== type) return;
      window.removeEventListener("message", listen);
      done(undefined);
    };
    window.addEventListener("message", listen);
    window.postMessage({ stCommVersion: 1, type }, window.location.origin);
  });
}

// Once a page was loaded with parameters Streamlit keeps these, and would begin a new session with them, whatever the
// address says by now: what was done since would be lost. It reads them anew when the browser goes back or forth; that
// it cannot run the script then, without a connection, it says in the console.
export function tellAddress() {
  window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
}

export function isReachable() {
  const isLeaving =
    opening !== null &&
    opening.path !== window.location.pathname &&
    performance.now() < opening.until;
  return !isLeaving && isConnected();
}

// ------------------------------------------------------------------

// One message at a time goes to Python through Streamlit. It gathers what is sent in one task of the browser into one
// message, and reruns one fragment for it: what was sent with it would wait for an answer in vain.

const waiting = [];
let isBusy = false;

export function inTurn(send) {
  if (isBusy) waiting.push(send);
  else letSend(send);
}

function letSend(send) {
  isBusy = true;
  try {
    send();
  } finally {
    // Streamlit's own timer for the message was set within send(), so it is over before this one
    setTimeout(() => {
      isBusy = false;
      const next = waiting.shift();
      if (next) letSend(next);
    });
  }
}
