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
