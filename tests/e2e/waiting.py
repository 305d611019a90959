"""Waiting for what a page puts off, and for what still moves: by the page's own clock, which a busy machine slows."""

import time

# The timer is set after those of the page that are shorter, so it comes after them, however late all of them are; then
# what the page does when it is idle and what it paints.
PUT_OFF = """(milliseconds) => new Promise((done) => setTimeout(() => {
  requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(() => done())), { timeout: 1000 });
}, milliseconds))"""

# ten frames in the same place, with all letters there and nothing that is animated
STILL = """(element) => new Promise((done) => {
  let last = "";
  let frames = 0;
  const look = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const isMoving = element.getRootNode().getAnimations().some(
      ({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime !== Infinity);
    const now = [x, y, width, height].join();
    frames = now === last && !isMoving && document.fonts.status === "loaded" ? frames + 1 : 0;
    last = now;
    if (frames < 10) requestAnimationFrame(look);
    else done({ x, y, width, height });
  };
  look();
})"""


def until(happens):
    """Ask again and again, as a page's own waiting does; a promise is not waited for there."""
    for _ in range(300):
        if happens():
            return
        time.sleep(0.1)
    raise AssertionError("did not happen in 30 s")


def put_off(page, milliseconds):
    """Wait until the page has done what it put off for fewer milliseconds than these."""
    page.evaluate(PUT_OFF, milliseconds)


def still(locator):
    """Where an element is, as `bounding_box()` says it, once it moves no more."""
    return locator.evaluate(STILL)


_KEPT = """(withTexts) => new Promise((done) => {
  const opening = indexedDB.open("mlpviz", 1);
  opening.onupgradeneeded = () => opening.transaction.abort(); // the page makes it
  opening.onerror = () => done([]);
  opening.onsuccess = () => {
    const all = opening.result.transaction("files").objectStore("files").getAll();
    all.onsuccess = async () => {
      opening.result.close();
      const texts = all.result.map(async ({ name, content }) => [name, withTexts ? await content.text() : ""]);
      done(await Promise.all(texts));
    };
  };
})"""


def kept_files(page, with_texts=False):
    """Name and text of each file that the browser of a page has kept; without the texts these are empty."""
    return page.evaluate(_KEPT, with_texts)
