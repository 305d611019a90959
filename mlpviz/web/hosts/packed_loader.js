// The whole program as one text: in a notebook, whose widgets are given a text, and in one file. It makes an address
// for each of its parts, those first that others import, and starts a host with them.

const PARTS = "PACKED"; // pairs of a name and a program as JSON, made smaller (zlib), as letters (base64)

async function opened() {
  const bytes = Uint8Array.from(atob(PARTS), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const addresses = new Map();
  for (const [name, program] of await new Response(stream).json()) {
    const text = program.replace(
      /\b(from|import)"\.\/([\w-]+)\.js"/g,
      (_, how, other) => `${how}"${addresses.get(other)}"`,
    );
    const blob = new Blob([text], { type: "text/javascript" });
    addresses.set(name, URL.createObjectURL(blob));
  }
  return addresses;
}

// several widgets on a page have the same program
const shared = globalThis;
const name = Symbol.for("mlpviz VERSION");
shared[name] ??= opened();

const host = shared[name].then(async (addresses) => {
  const addressOf = (part) => addresses.get(part);
  const open = (part) => import(addressOf(part));
  return (await open("HOST")).start(open, addressOf);
});

export default { render: async (context) => (await host)(context) };
