// The program that the server gives is built from the sources as they are.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

test("the program in the package is up to date", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mlpviz-"));
  t.after(() => rmSync(folder, { recursive: true }));
  // beside the real one, because the source map names its sources from where it lies
  const built = spawnSync(
    "npm",
    ["run", "--silent", "build", "--", `--outfile=${join(folder, "mlpviz.js")}`],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  assert.equal(built.status, 0, built.stderr);
  const read = (path) => readFileSync(path, "utf8");
  assert.equal(
    read(join(folder, "mlpviz.js")),
    read(join(ROOT, "mlpviz/web/built/mlpviz.js")),
    "run make web",
  );
});
