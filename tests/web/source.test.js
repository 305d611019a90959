// What no tool of ours checks: lines that the formatter cannot break, exports that nobody imports, and that only the hosts
// know the window.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { HOSTS, PAGES } from "../../tools/pages.js";

const WEB = join(dirname(fileURLToPath(import.meta.url)), "../../mlpviz/web");
const LONGEST = 120;

const files = readdirSync(WEB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
  .map((entry) => relative(WEB, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((path) => !path.startsWith("built"));
const sources = new Map(files.map((path) => [path, readFileSync(join(WEB, path), "utf8")]));

test("no line is too long to read", () => {
  const long = [...sources].flatMap(([path, source]) =>
    source.split("\n").flatMap((line, i) => (line.length > LONGEST ? [`${path}:${i + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});

test("what is exported is imported somewhere", () => {
  const imported = new Set();
  for (const [path, source] of sources) {
    for (const [, names, from] of source.matchAll(/^import\s+([^"]*?)\s+from\s+"([^"]+)";/gm)) {
      const target = join(dirname(path), from);
      for (const [name] of names.matchAll(/[\w$]+/g)) imported.add(`${target} ${name}`);
      if (!names.startsWith("{")) imported.add(`${target} default`);
    }
  }
  // the hosts import the program of each page when they show it, and loaders import the hosts
  for (const page of PAGES) imported.add(`hosts/page_${page}.js default`);
  for (const host of HOSTS)
    for (const how of ["start", "mount"]) imported.add(`hosts/${host}.js ${how}`);
  for (const loader of ["streamlit", "packed"]) imported.add(`hosts/${loader}_loader.js default`);
  const unused = [...sources].flatMap(([path, source]) =>
    [...source.matchAll(/^export (default|(?:async )?(?:function|class|const|let) ([\w$]+))/gm)]
      .map(([, kind, name]) => `${path} ${kind === "default" ? "default" : name}`)
      .filter((one) => !imported.has(one)),
  );
  assert.deepEqual(unused, []);
});

test("only the hosts know the window, its address and its theme", () => {
  const known = [...sources].flatMap(([path, source]) => {
    if (path.startsWith("hosts")) return [];
    const lines = source.split("\n");
    const found =
      /\bwindow\b|document\.(?!create)|setTriggerValue|--st-|WebSocket|BroadcastChannel/;
    return lines.flatMap((line, i) =>
      found.test(line.replace(/\/\/.*/, "")) ? [`${path}:${i + 1}: ${line.trim()}`] : [],
    );
  });
  assert.deepEqual(known, []);
});
