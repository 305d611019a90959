// Python in a worker: starts it, and answers one message after the other with the functions of the pages. What people
// do goes before what the page asks by itself, and what is asked again while it waits is asked once.

const ARCHIVES = ["packages.zip", "mlpviz.zip"];

const waiting = []; // messages, in their order
let python = null; // answers a message, once Python has started
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

// one message, then those that came meanwhile may go before the others
function work() {
  isWorking = waiting.length > 0;
  if (!isWorking) return;
  const answer = python(next());
  if (answer) postMessage(answer.buffer, { transfer: [answer.buffer] });
  setTimeout(work);
}

self.onmessage = ({ data }) => {
  take(data);
  if (python && !isWorking) work();
};

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());

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
  const archives = ARCHIVES.map((name) => bytes(new URL(name, folder).href));
  const { loadPyodide } = await import(new URL("pyodide.mjs", folder).href);
  const pyodide = await loadPyodide({
    indexURL: folder.href,
    packageBaseUrl: folder.href,
    // nothing is fetched from anywhere else: the archives have all that is used
    lockFileContents: await (await fetch(new URL("lock.json", folder))).text(),
  });
  const place = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
  for (const archive of await Promise.all(archives))
    pyodide.unpackArchive(archive, "zip", { extractDir: place });
  const { answer } = pyodide.pyimport("mlpviz.hosts.site.in_worker");
  return (message) => {
    const found = answer(JSON.stringify(message));
    if (found === undefined) return null;
    const copy = found.toJs();
    found.destroy();
    return copy;
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
