// What can wait until the page is painted and nothing else is to do.

// Safari has no idle callback
export const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 200));
