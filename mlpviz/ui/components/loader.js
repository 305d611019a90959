// Starts a component whose program comes in a message of its own.
//
// Streamlit sends a component's source along with every update; for the sheet that is 80 kB on the way of each edit.
// So this loader is all that Streamlit knows as the source. Python puts the program into the data when a page begins,
// and again when it is asked to.

const programs = new Map(); // id -> promise of the module
const mounts = new WeakMap(); // parentElement -> { component, cleanUp }

function load({ id, source }) {
  if (programs.has(id)) return;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  programs.set(id, import(url).finally(() => URL.revokeObjectURL(url)));
}

function adopt(root, css) {
  if (root.adoptedStyleSheets.some((sheet) => sheet.source === css)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheet.source = css;
  root.adoptedStyleSheets.push(sheet);
}

const decoder = new TextDecoder();

export default function (received) {
  const { parentElement, setTriggerValue } = received;
  const data = JSON.parse(decoder.decode(received.data));
  const component = { ...received, data };
  if (data.programSource) load({ id: data.program, source: data.programSource });
  const program = programs.get(data.program);
  if (!program) {
    setTriggerValue("event", { edits: [{ type: "structure" }] });
    return undefined;
  }
  const mount = mounts.get(parentElement) ?? { cleanUp: null };
  mounts.set(parentElement, mount);
  // an update that arrives while the program loads replaces the one before
  mount.component = component;
  const start = ({ default: main, css }) => {
    if (mount.component !== component) return;
    adopt(parentElement.getRootNode(), css);
    mount.cleanUp = main(component);
    mount.module = { default: main, css };
  };
  if (mount.module) start(mount.module);
  else program.then(start);
  return () => {
    mount.component = null;
    mount.module = null;
    mount.cleanUp?.();
    mount.cleanUp = null;
  };
}
