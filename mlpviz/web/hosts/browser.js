// What every host in a browser's window has: its address, its storage, its files and what happens around a page.

const KEYBOARD = 120; // px: what a keyboard on the screen takes at least

function coveredByKeyboard() {
  const { height, offsetTop, scale } = window.visualViewport;
  const covered = scale > 1 ? 0 : window.innerHeight - height - offsetTop;
  return covered > KEYBOARD ? Math.round(covered) : 0;
}

function listenTo(target, type, listener, capture = false) {
  target?.addEventListener(type, listener, capture);
  return () => target?.removeEventListener(type, listener, capture);
}

// where: gives the storage, which some browsers refuse
function storage(where) {
  return {
    get(name) {
      try {
        return where().getItem(name);
      } catch {
        return null; // this browser keeps nothing
      }
    },
    set(name, text) {
      try {
        where().setItem(name, text);
      } catch {
        // without storage a reload begins anew
      }
    },
  };
}

const DAYS = 14; // that a file is kept
const FILES = "files";

// a transaction on the files that this browser keeps: its result, undefined where a browser keeps nothing
function withFiles(mode, work) {
  return new Promise((done) => {
    const nothing = () => done(undefined);
    try {
      const opening = window.indexedDB.open("mlpviz", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(FILES);
      opening.onerror = nothing;
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction(FILES, mode);
        const request = work(transaction.objectStore(FILES));
        transaction.oncomplete = () => done(request.result);
        transaction.onabort = nothing;
        for (const end of ["complete", "abort"])
          transaction.addEventListener(end, () => database.close());
      };
    } catch {
      nothing();
    }
  });
}

const files = {
  get: (name) => withFiles("readonly", (store) => store.get(name)),
  set(name, kept) {
    const now = Date.now();
    return withFiles("readwrite", (store) => {
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (cursor.value.since < now - DAYS * 86_400_000) cursor.delete();
        cursor.continue();
      };
      return store.put({ ...kept, since: now }, name);
    });
  },
};

// keys and presses are those of the whole document, the rest is the window's
const OF_DOCUMENT = new Set(["keydown", "copy", "paste", "pointerdown"]);

/** @returns {Omit<import("../shared/host.js").Host, "channel" | "memo">} */
export function browserHost() {
  const changed = (changes) => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    url.hash = "";
    return url.toString();
  };
  return {
    address: {
      get: (name) => new URL(window.location.href).searchParams.get(name),
      // costs more than all that a page paints, so not where it is there already
      replace(changes) {
        const next = changed(changes);
        if (next !== window.location.href)
          window.history.replaceState(window.history.state, "", next);
      },
      link: changed,
    },
    home: () => new URL(".", window.location.href).href,
    behind: "python",
    opens: () => true,
    storage: storage(() => window.sessionStorage),
    lasting: storage(() => window.localStorage),
    kept: files,
    tabs: (name) => ("BroadcastChannel" in window ? new BroadcastChannel(name) : null),
    saveFile(name, content) {
      const url = URL.createObjectURL(content);
      Object.assign(document.createElement("a"), { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    },
    listen: (type, listener) => listenTo(OF_DOCUMENT.has(type) ? document : window, type, listener),
    onKeyboard: (listener) =>
      listenTo(window.visualViewport, "resize", () => listener(coveredByKeyboard())),
    matches: (query) => window.matchMedia(query).matches,
    // keys also count where the focus is on what surrounds the page, as after a click beside it
    isMeantFor(element, path) {
      const root = element.getRootNode();
      const outer = root instanceof ShadowRoot ? root.host : element;
      return path.includes(element) || (path[0] instanceof Node && path[0].contains(outer));
    },
    // to whichever page: a height tells nobody anything, and who may be around says frame-ancestors
    tellAround(message) {
      if (window.parent !== window) window.parent.postMessage(message, "*");
    },
    announce(name, detail) {
      window.dispatchEvent(new CustomEvent(`mlpviz:${name}`, { detail }));
    },
  };
}
