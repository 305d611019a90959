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
export function isConnected() {
  const mark = document.querySelector("[data-test-connection-state]");
  const state = mark instanceof HTMLElement ? mark.dataset.testConnectionState : undefined;
  return state === undefined || state === "CONNECTED";
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
