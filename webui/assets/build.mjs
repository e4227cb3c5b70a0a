// Bundles every entry in this folder, draws the icon sprite from the icon names that templates and code mention, and writes a manifest of hashed names.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const OUT = "static/build";
const DAY = 24 * 3600 * 1000;
const NAME = /["']([a-z0-9]+(?:-[a-z0-9]+)*)["']/g;

// CodeMirror writes its rules into a <style> element, which the content policy forbids; as an adopted sheet they are allowed.
const adoptedStyles = {
  name: "adopted-styles",
  setup({ onLoad }) {
    onLoad({ filter: /style-mod[\\/]src[\\/]style-mod\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8"), contents = source.replace("!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets");
      if (contents === source) throw new Error("style-mod has changed: see whether its rules are still adopted");
      return { contents };
    });
  },
};

// The form editor and the viewer inside it must share one preact, the editor's; next to it lies another that the diagrams use.
const EDITOR = "node_modules/@bpmn-io/form-js-editor";
const onePreact = {
  name: "one-preact",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^preact(\/|$)/ }, ({ path, importer, kind, pluginData }) =>
      pluginData !== onePreact && importer.includes("form-js-") ? resolve(path, { resolveDir: realpathSync(EDITOR), kind, pluginData: onePreact }) : undefined);
  },
};

async function bundle() {
  const { metafile } = await build({
    entryPoints: readdirSync("assets/entries").map((name) => `assets/entries/${name}`),
    outdir: OUT,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020"],
    loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "dataurl" },
    plugins: [adoptedStyles, onePreact],
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  const entries = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(entries.map(([file, output]) => [basename(output.entryPoint), basename(file)]));
}

function usedIcons() {
  const files = readdirSync(".", { recursive: true }).filter((file) => !file.startsWith("node_modules"));
  const sources = files.filter((file) => /\.(html|py)$/.test(file));
  const words = sources.flatMap((file) => [...readFileSync(file, "utf8").matchAll(NAME)].map((match) => match[1]));
  const known = new Set(readdirSync("node_modules/bootstrap-icons/icons"));
  return [...new Set(words)].filter((word) => known.has(`${word}.svg`)).sort();
}

function symbol(name) {
  const svg = readFileSync(`node_modules/bootstrap-icons/icons/${name}.svg`, "utf8");
  return `<symbol id="${name}" viewBox="0 0 16 16">${svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "")}</symbol>`;
}

function sprite() {
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${usedIcons().map(symbol).join("")}</svg>`;
  const file = `icons-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.svg`;
  writeFileSync(`${OUT}/${file}`, text);
  return { "icons.svg": file };
}

// A page that is open while we build still asks for the files of the build before: they stay for a day.
function clear() {
  const old = readdirSync(OUT).filter((file) => Date.now() - statSync(`${OUT}/${file}`).mtimeMs > DAY);
  old.forEach((file) => rmSync(`${OUT}/${file}`, { recursive: true }));
}

mkdirSync(OUT, { recursive: true });
const manifest = { ...(await bundle()), ...sprite() };
writeFileSync(`${OUT}/manifest.new`, JSON.stringify(manifest, null, 2));
renameSync(`${OUT}/manifest.new`, `${OUT}/manifest.json`);
clear();
