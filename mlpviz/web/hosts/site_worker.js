// Python in a worker: starts it, and answers one message after the other with the functions of the pages. What people
// do goes before what the page asks by itself, and what is asked again while it waits is asked once.

const waiting = []; // messages, in their order
let python = null; // answer(message) and learnOn(), once Python has started
let isWorking = false;

const isQuestion = ({ sequence, parameters }) => sequence === undefined && parameters === undefined;

// a name for what one message may take the place of: the same request again, or the same question
function nameOf({ page, sequence, parameters, events }) {
  if (parameters !== undefined) return `${page} visit`;
  return sequence === undefined ? `${page} ${JSON.stringify(events)}` : `${page} ${sequence}`;
}

function take(message) {
  const same = waiting.findIndex((one) => nameOf(one) === nameOf(message));
  if (same < 0) waiting.push(message);
  else waiting[same] = message;
}

function next() {
  const first = waiting.findIndex((message) => !isQuestion(message));
  return waiting.splice(Math.max(0, first), 1)[0];
}

const isTick = ({ events }) => events?.some(({ type }) => type === "tick");

// one message, then those that came meanwhile may go before the others; while a picture of a training is painted, it
// goes on
function work() {
  isWorking = waiting.length > 0;
  if (!isWorking) return;
  const message = next();
  const answer = python.answer(message);
  if (answer) postMessage(answer.buffer, { transfer: [answer.buffer] });
  setTimeout(() => {
    if (!waiting.length && isTick(message)) python.learnOn();
    work();
  });
}

self.onmessage = ({ data }) => {
  take(data);
  if (python && !isWorking) work();
};

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());

// Python waits for a module that it imports
function bytesNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${address} was answered by ${request.status}`);
  return new Uint8Array(request.response);
}

// Pyodide waits for ever for a program that does not come
function sayWhatDoesNotCome() {
  const plain = self.fetch;
  self.fetch = async (address, options) => {
    try {
      const response = await plain(address, options);
      if (!response.ok) throw new Error(`it was answered by ${response.status}`);
      return response;
    } catch (error) {
      const url = address instanceof Request ? address.url : address;
      postMessage(`${new URL(url).pathname} did not come: ${error.message}`);
      throw error;
    }
  };
}

async function start() {
  sayWhatDoesNotCome();
  const folder = new URL("../python/", self.location.href);
  const modules = bytes(new URL("first.archive", folder).href);
  const { loadPyodide } = await import(new URL("pyodide.mjs", folder).href);
  const pyodide = await loadPyodide({
    indexURL: folder.href,
    packageBaseUrl: folder.href,
    // nothing is fetched from anywhere else: the archives have all that is used
    lockFileContents: await (await fetch(new URL("lock.json", folder))).text(),
  });
  const { install } = pyodide.pyimport("site_archives");
  install(await modules, () => bytesNow(new URL("later.archive", folder).href));
  const inWorker = pyodide.pyimport("mlpviz.hosts.site.in_worker");
  return {
    answer: (message) => {
      const found = inWorker.answer(JSON.stringify(message));
      if (found === undefined) return null;
      const copy = found.toJs();
      found.destroy();
      return copy;
    },
    learnOn: () => inWorker.learn_on(),
  };
}

start().then(
  (found) => {
    python = found;
    postMessage("ready");
    work();
  },
  (error) => postMessage(String(error.message ?? error)),
);
