// Run by Node where a site is built: lets the Python of the site compile and divide the modules in library.zip and
// modules.zip beside this file (compile_modules.py). Gets the
// level of compression, and writes what it makes as made-NAME.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const text = (name) => readFileSync(join(folder, name), "utf8");
const bytes = (name) => new Uint8Array(readFileSync(join(folder, name)));

const { loadPyodide } = await import("./pyodide.mjs");
const pyodide = await loadPyodide({
  indexURL: folder,
  packageBaseUrl: folder,
  lockFileContents: text("lock.json"),
  env: { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" }, // columns of errors are not in the modules
});
pyodide.globals.set("library", bytes("library.zip"));
pyodide.globals.set("modules", bytes("modules.zip"));
try {
  pyodide.runPython(text("compile_modules.py"), { filename: "compile_modules.py" });
  pyodide.runPython("found = ready(library.to_bytes(), modules.to_bytes())");
  pyodide.runPython(text("visit.py"), { filename: "visit.py", globals: pyodide.toPy({}) });
  const made = pyodide.runPython(`divided(found, ${Number(process.argv[2])})._asdict()`);
  for (const [name, content] of made.toJs({ dict_converter: Array.from }))
    writeFileSync(join(folder, `made-${name}`), content);
} catch (error) {
  console.error(error.message); // Node would show all of Pyodide's program first
  process.exit(1);
}
