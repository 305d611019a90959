// Whether Streamlit's server is there. While it is away Streamlit drops what components send, and complains in the console.

// Streamlit tells a component nothing about it, but writes it on the page; without that mark we do not know better
export function isConnected() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
  return state === undefined || state === "CONNECTED";
}
