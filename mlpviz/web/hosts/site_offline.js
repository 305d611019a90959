// The service worker of a site: keeps all files of its version, so that the site opens without a line. `offline.js` at
// the address of the site says which files those are.
//
// The documents of a version are kept together with its files, and each names the folder of its own: so no page ever
// has files of two versions. A newer version waits until no page of the one before is open, as browsers have it.

/** @type {any} */
const worker = self;
const { version, documents, files } = worker.SITE;
const { scope } = worker.registration;
const cacheNamed = (one) => `mlpviz ${scope} ${one}`;

async function keepAll() {
  const cache = await caches.open(cacheNamed(version));
  await cache.addAll(files.map((name) => `${scope}${version}/${name}`));
  for (const path of documents) {
    const answer = await fetch(scope + path, { cache: "reload" });
    // while a site is written over, its documents may still be the old ones: the browser tries again later
    if (!answer.ok || !(await answer.clone().text()).includes(`${version}/`))
      throw new Error(`${path} is not of version ${version}`);
    await cache.put(scope + path, answer);
  }
}

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(cacheNamed("")));
  const others = names.filter((name) => name !== cacheNamed(version));
  await Promise.all(others.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answerTo(request) {
  const [address] = request.url.split(/[?#]/);
  const kept =
    request.mode === "navigate"
      ? await (await caches.open(cacheNamed(version))).match(address.replace(/index\.html$/, ""))
      : await caches.match(address);
  return kept ?? fetch(request);
}

worker.oninstall = (event) => event.waitUntil(keepAll());
worker.onactivate = (event) => event.waitUntil(forgetOthers());
worker.onfetch = (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope))
    event.respondWith(answerTo(request));
};
