// What a page shows: plain fields, and who wants to know when they change.

class Store {
  #listeners = new Set();

  // listeners are called in the order in which they came; gives what ends it
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // also without fields, when something inside of one has changed
  set(fields = {}) {
    Object.assign(this, fields);
    for (const listener of this.#listeners) listener();
  }
}

/**
 * A store that holds these fields.
 * @template T
 * @param {T} fields
 * @returns {T & Store}
 */
export function createStore(fields) {
  return Object.assign(new Store(), fields);
}
