// All that Streamlit knows as a component's source, which it sends along with every run of the script. The program
// comes by its own address, below the place from which Streamlit's own program came, and is kept by the browser.

/** @type {HTMLScriptElement | null} */
const script = document.querySelector('script[type="module"][src*="/static/js/"]');
const root = script ? new URL("../../", script.src) : new URL("/", window.location.href);
const program = Promise.all(["HOST", "PAGE"].map((each) => import(new URL(each, root).href)));

export default async (component) => {
  const [host, { default: page }] = await program;
  return host.mount(component, page);
};
