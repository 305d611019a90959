// Builds the browser's program, one file for each page and others for what they share, or says whether it is as the
// sources are: node tools/web_program.js [--check]
//
// esbuild's command line takes a style sheet as it is when it becomes a text; here it goes in without spaces and comments.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

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
const outdir = join(root, "mlpviz/web/built");

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["sheet", "lessons", "practice", "train", "check"].map((page) => ({
    in: `mlpviz/web/hosts/streamlit_${page}.js`,
    out: page,
  })),
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

const isProgram = (name) => name.endsWith(".js");
const isBuilt = (name) => isProgram(name) || name.endsWith(".js.map");
const found = (await readdir(outdir)).filter(isBuilt);
const made = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));

if (process.argv.includes("--check")) {
  const names = [...new Set([...found, ...made.keys()])].filter(isProgram);
  for (const name of names) {
    const isThere = found.includes(name) && made.has(name);
    if (isThere && (await readFile(join(outdir, name))).equals(made.get(name))) continue;
    console.error(`mlpviz/web/built/${name} is not what the sources give: run make web`);
    process.exitCode = 1;
  }
} else {
  // the names of what is shared change with what is in it
  for (const name of found) await rm(join(outdir, name));
  for (const [name, contents] of made) await writeFile(join(outdir, name), contents);
}
