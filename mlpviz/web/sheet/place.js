// Where a block stands in the window, left by one page for the next one that shows the same sheet: who goes to the
// Practise page and back finds every number where it was.

const NAME = "mlpviz.place";

// place: to, the page that goes on here; the key of the block; top, in px below the edge of the window; view, where the
// reader stands
export function leavePlace(host, place) {
  host.storage.set(NAME, JSON.stringify(place));
}

// what was left for this page, once; null if nothing was
export function takePlace(host, page) {
  try {
    const found = JSON.parse(host.storage.get(NAME) || "null");
    if (found?.to !== page) return null;
    host.storage.set(NAME, "");
    return found;
  } catch {
    return null; // what is there is not ours
  }
}

// the block of a sheet stands so far below the upper edge of the window; gives the px that are left where nothing
// scrolls so far
export function standAt(sheet, { block, top }) {
  const figure = [...sheet.querySelectorAll("[data-block]")].find(
    (one) => one.dataset.block === block,
  );
  if (!figure) return 0;
  const missing = () => top - figure.getBoundingClientRect().top;
  for (let one = parentOf(figure); one && Math.abs(missing()) >= 1; one = parentOf(one))
    if (one.scrollHeight > one.clientHeight) one.scrollTop -= missing();
  return missing();
}

// also out of a shadow tree
function parentOf(element) {
  return element.parentElement ?? element.getRootNode().host ?? null;
}
