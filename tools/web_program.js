// Builds the browser's program, or says whether it is as the sources are: node tools/web_program.js [--check]
//
// One file for each page, one for each host, and others for what they share: every host shows the same pages.
//
// esbuild's command line takes a style sheet as it is when it becomes a text; here it goes in without spaces and comments.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { HOSTS, PAGES } from "./pages.js";

const styles = {
  name: "small style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
        charset: "utf8",
      });
      return { contents: code, loader: "text" };
    });
  },
};

const root = fileURLToPath(new URL("..", import.meta.url));
const isProgram = (name) => name.endsWith(".js");
const isBuilt = (name) => isProgram(name) || name.endsWith(".js.map");

async function made(entryPoints, outdir) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    charset: "utf8",
    target: "es2022",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    plugins: [styles],
    write: false,
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}

async function bring(folder, entryPoints) {
  const outdir = join(root, folder);
  const files = await made(entryPoints, outdir);
  await mkdir(outdir, { recursive: true });
  const found = (await readdir(outdir)).filter(isBuilt);
  if (process.argv.includes("--check")) {
    const names = [...new Set([...found, ...files.keys()])].filter(isProgram);
    for (const name of names) {
      const isThere = found.includes(name) && files.has(name);
      if (isThere && (await readFile(join(outdir, name))).equals(files.get(name))) continue;
      console.error(`${folder}/${name} is not what the sources give: run make web`);
      process.exitCode = 1;
    }
    return;
  }
  // the names of what is shared change with what is in it
  for (const name of found) await rm(join(outdir, name));
  for (const [name, contents] of files) await writeFile(join(outdir, name), contents);
}

await bring("mlpviz/web/built", [
  ...PAGES.map((page) => ({ in: `mlpviz/web/hosts/page_${page}.js`, out: page })),
  ...HOSTS.map((host) => ({ in: `mlpviz/web/hosts/${host}.js`, out: host })),
]);
