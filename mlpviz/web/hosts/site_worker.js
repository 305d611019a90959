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
    try {
      if (!waiting.length && isTick(message)) python.learnOn();
    } finally {
      work();
    }
  });
}

self.onmessage = ({ data }) => {
  if (data.files) return run(fromPage(data));
  take(data);
  if (python && !isWorking) work();
};

// Where Python's files are: beside this program on a site, or in the page, which gives them as bytes by their names.
// `given` are settings of Pyodide, `subject` is what is opened if it is not in an address.

function fromSite() {
  const folder = new URL("../python/", self.location.href).href;
  sayWhatDoesNotCome();
  return {
    folder,
    get: (name) => fetch(folder + name),
    getNow: (name) => bytesNow(folder + name),
    import: (name) => import(folder + name),
  };
}

function fromPage({ files, subject }) {
  const folder = "file:///python/"; // nowhere: only for Pyodide to put before a name
  const get = async (name) =>
    new Response(files[name], { headers: { "Content-Type": "application/wasm" } });
  const imported = (name) =>
    import(URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" })));
  self.fetch = (address) => get(String(address).slice(folder.length));
  const createPyodideModule = async (settings) =>
    (await imported("pyodide.asm.mjs")).default(settings);
  const getNow = (name) => new Uint8Array(files[name]);
  return { folder, get, getNow, import: imported, subject, given: { createPyodideModule } };
}

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

async function start({ folder, get, getNow, import: imported, subject = "", given = {} }) {
  const bytes = async (name) => new Uint8Array(await (await get(name)).arrayBuffer());
  const modules = bytes("first.archive");
  const { loadPyodide } = await imported("pyodide.mjs");
  const pyodide = await loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    // nothing is fetched from anywhere else: the archives have all that is used
    lockFileContents: await (await get("lock.json")).text(),
    ...given,
  });
  const { install } = pyodide.pyimport("site_archives");
  install(await modules, () => getNow("later.archive"));
  const inWorker = pyodide.pyimport("mlpviz.hosts.site.in_worker");
  if (subject) inWorker.open(subject);
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

function run(place) {
  start(place).then(
    (found) => {
      python = found;
      postMessage("ready");
      work();
    },
    (error) => postMessage(String(error.message ?? error)),
  );
}

if (self.location.protocol !== "blob:") run(fromSite());
