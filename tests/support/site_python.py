"""The Python of a site without its browser: Node runs the files that a site has."""

import json
import subprocess
from pathlib import Path

PROGRAM = """
import { readFileSync } from "node:fs";
const [folder, code] = process.argv.slice(-2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`);
const lockFileContents = readFileSync(`${folder}/lock.json`, "utf8");
const pyodide = await loadPyodide({ indexURL: folder, packageBaseUrl: folder, lockFileContents });
const read = (name) => new Uint8Array(readFileSync(`${folder}/${name}`));
pyodide.pyimport("site_archives").install(read("first.archive"), () => read("later.archive"));
pyodide.globals.set("given", readFileSync(0, "utf8"));
try {
  console.log("\\nRESULT" + pyodide.runPython(code));
} catch (error) {
  console.error(error.message); // Node would show all of Pyodide's program first
  process.exitCode = 1;
}
"""


def run_in_site(folder: Path, code: str, given: object) -> object:
    """What the last expression of some code gives as JSON text, in the Python of the site; `given` is JSON for it."""
    found = subprocess.run(
        ["node", "--input-type=module", "-e", PROGRAM, "--", str(folder), code],
        input=json.dumps(given), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout.rpartition("\nRESULT")[2])
