// Run by Node where a site is built: lets the Python of the site compile the modules in archives beside this file.
// Gets their names as a list in JSON, and writes each as compiled-NAME.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const COMPILE = `
import io, py_compile, zipfile

def compiled(content):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content.to_py())) as archive, zipfile.ZipFile(made, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".py"):
                with open("/tmp/source.py", "wb") as source:
                    source.write(data)
                py_compile.compile(
                    "/tmp/source.py", cfile="/tmp/compiled.pyc", dfile=name, doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
                with open("/tmp/compiled.pyc", "rb") as source:
                    name, data = name + "c", source.read()
            target.writestr(name, data)
    return made.getvalue()

compiled
`;

const folder = dirname(fileURLToPath(import.meta.url));
const { loadPyodide } = await import("./pyodide.mjs");
const pyodide = await loadPyodide({
  indexURL: folder,
  packageBaseUrl: folder,
  lockFileContents: readFileSync(join(folder, "lock.json"), "utf8"),
});
const compiled = pyodide.runPython(COMPILE);
for (const name of JSON.parse(process.argv[2]))
  writeFileSync(
    join(folder, `compiled-${name}`),
    compiled(new Uint8Array(readFileSync(join(folder, name)))).toJs(),
  );
