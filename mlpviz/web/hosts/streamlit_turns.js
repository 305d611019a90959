// One component at a time sends to Python. Streamlit gathers what is sent in one task of the browser into one
// message, and reruns one fragment for it: what another fragment's component sent with it would wait for an answer in
// vain.

const KEY = "mlpvizTurns"; // on the window: each component has modules of its own

export function inTurn(send) {
  window[KEY] ??= { isBusy: false, waiting: [] };
  const turns = window[KEY];
  if (turns.isBusy) turns.waiting.push(send);
  else letSend(turns, send);
}

function letSend(turns, send) {
  turns.isBusy = true;
  try {
    send();
  } finally {
    // Streamlit's own timer for the message was set within send(), so it is over before this one
    setTimeout(() => {
      turns.isBusy = false;
      const next = turns.waiting.shift();
      if (next) letSend(turns, next);
    });
  }
}
