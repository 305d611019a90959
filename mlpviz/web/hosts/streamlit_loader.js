// All that Streamlit knows as a component's source, which it sends along with every run of the script. The program
// comes by its own address, below the place from which Streamlit's own program came, and is kept by the browser.

/** @type {HTMLScriptElement | null} */
const script = document.querySelector('script[type="module"][src*="/static/js/"]');
const root = script ? new URL("../../", script.src) : new URL("/", window.location.href);
const program = import(new URL("PROGRAM", root).href);

export default async (component) => (await program).mount(component);
