// Whether a message would reach Python now, and the page that sent it.
//
// While the server is away Streamlit drops what components send, and complains in the console. And a message names the
// page it comes from: right behind the click that opens another page it would call the server back.

const LONGEST = 5000; // ms until a page that has not come is no longer waited for

let opening = null; // { path, until }

document.addEventListener(
  "click",
  (event) => {
    const link = event
      .composedPath()
      .find((node) => node.tagName === "A" && node.origin === window.location.origin);
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      opening = { path: link.pathname, until: performance.now() + LONGEST };
  },
  true,
);

// Streamlit tells a component nothing about it, but writes it on the page; without that mark we do not know better
function isConnected() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
  return state === undefined || state === "CONNECTED";
}

export function isReachable() {
  const isLeaving =
    opening !== null &&
    opening.path !== window.location.pathname &&
    performance.now() < opening.until;
  return !isLeaving && isConnected();
}
