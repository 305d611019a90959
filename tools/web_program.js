// Builds the browser's program, or says whether it is as the sources are: node tools/web_program.js [--check]
//
// For Streamlit one file for each page and others for what they share; for a site without a server the same in a folder
// of its own, so that neither has files that only the other needs. For a notebook all in one file, which goes through it as
// a text, and for a sheet in one file too.
//
// esbuild's command line takes a style sheet as it is when it becomes a text; here it goes in without spaces and comments.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { PAGES, SITE } from "./pages.js";

const stylesWith = (change) => ({
  name: "small style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(change(await readFile(path, "utf8")), {
        loader: "css",
        minify: true,
        charset: "utf8",
      });
      return { contents: code, loader: "text" };
    });
  },
});

// in the output of a cell the width that counts is that of the output, not that of the window
const WIDTH = String.raw`\((?:min|max)-width: \d+px\)`;
const OF_WIDTH = new RegExp(
  String.raw`@media (?:screen and )?(${WIDTH}(?: and ${WIDTH})*) \{`,
  "g",
);
const styles = stylesWith((text) => text);
const stylesOfNotebook = stylesWith((text) => text.replace(OF_WIDTH, "@container $1 {"));

const root = fileURLToPath(new URL("..", import.meta.url));
const isProgram = (name) => name.endsWith(".js");
const isBuilt = (name) => isProgram(name) || name.endsWith(".js.map");

async function made(entryPoints, outdir, { sourcemap = false, plugin = styles }) {
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
    sourcemap,
    sourcesContent: false,
    logLevel: "warning",
    plugins: [plugin],
    write: false,
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}

async function bring(folder, entryPoints, options = {}) {
  const outdir = join(root, folder);
  const files = await made(entryPoints, outdir, options);
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

await bring(
  "mlpviz/web/built",
  PAGES.map((page) => ({ in: `mlpviz/web/hosts/streamlit_${page}.js`, out: page })),
  { sourcemap: true },
);
await bring(
  "mlpviz/web/built/site",
  SITE.map((name) => ({ in: `mlpviz/web/hosts/site_${name}.js`, out: `site_${name}` })),
);
await bring("mlpviz/web/built/notebook", [{ in: "mlpviz/web/hosts/notebook.js", out: "widget" }], {
  plugin: stylesOfNotebook,
});
await bring("mlpviz/web/built/one_file", [{ in: "mlpviz/web/hosts/one_file.js", out: "one_file" }]);
