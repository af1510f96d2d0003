// Bundles the front end into suoja/static/suoja/, with a manifest from logical to hashed names.
// The loader and its panel alone keep stable names: the server fills their configuration in and names them itself.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const frontend = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(path.dirname(frontend), "suoja", "static", "suoja");

// The oldest engines that the talk is built for. Every iPhone that ran Safari 14 can run 15, and below these, private
// methods would be written around, which costs each visitor's phone a tenth of the widget.
const target = ["safari15", "chrome92", "firefox90"];

const common = {
  bundle: true,
  minify: true,
  target,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  outdir: out,
  logLevel: "warning",
};

// IIFE: the loader is a classic script on somebody else's page and adds one global there, no module scope of theirs.
const loader = { ...common, format: "iife", entryNames: "[name]" };
// The panel is the loader's second half: a module, and the server fills it in and names it by what comes out.
const panel = { ...common, format: "esm", entryNames: "[name]" };
// The names by which rooms call back (onSend, onEnded …) never leave a bundle, and are a hundredth of the widget.
// The browser's own are lower case, but for navigator.onLine.
const shortened = { mangleProps: /^on[A-Z]/, reserveProps: /^onLine$/ };
/**
 * In the widget, which every visitor's phone fetches, all names of our own are short: those in camelCase that the
 * platform doesn't know. (The wire's and the storage's are in snake_case.) What the platform knows the type checker's
 * own description of it tells, so that a new use of it is never shortened by mistake.
 */
function ownNames() {
  const camelCase = /\b[a-z]+[A-Z]\w*/g;
  const packages = path.join(path.dirname(frontend), "node_modules", "@typescript");
  const known = new Set();
  for (const one of readdirSync(packages)) {
    const folder = path.join(packages, one, "lib");
    for (const file of readdirSync(folder).filter((name) => /^lib\..*\.d\.ts$/.test(name))) {
      for (const name of readFileSync(path.join(folder, file), "utf8").match(camelCase) ?? [])
        known.add(name);
    }
  }
  if (!known.has("addEventListener"))
    throw new Error("The type checker's description of the platform is missing.");
  return { mangleProps: /^[a-z]+[A-Z]/, reserveProps: new RegExp(`^(${[...known].join("|")})$`) };
}

const modules = { ...common, ...shortened, format: "esm", entryNames: "[name]-[hash]" };

const entries = [
  { from: "src/loader/index.ts", to: "loader", options: loader },
  { from: "src/loader/panel.ts", to: "panel", options: panel },
  { from: "src/widget/index.ts", to: "widget", options: { ...modules, ...ownNames() } },
  { from: "src/console/index.ts", to: "console", options: modules },
  { from: "src/page/index.ts", to: "page", options: modules },
  { from: "styles/widget.css", to: "widget", options: modules },
  { from: "styles/console.css", to: "console", options: modules },
  { from: "styles/pages.css", to: "pages", options: modules },
];

/** Stops the build with the names of what is missing, before a half-made manifest could be written. */
function demandEntries() {
  const missing = entries.filter((entry) => !existsSync(path.join(frontend, entry.from)));
  if (missing.length > 0) throw new Error(`Missing: ${missing.map((entry) => entry.from).join(", ")}`);
}

/** Bundles one entry; gives its logical name and the name of the file that came out. */
async function bundle(entry) {
  const result = await build({
    ...entry.options,
    entryPoints: [{ in: path.join(frontend, entry.from), out: entry.to }],
  });
  const file = path.basename(Object.keys(result.metafile.outputs)[0]);
  return [`${entry.to}${path.extname(file)}`, file];
}

/** The manifest goes last and in one step, so that a running server never reads one that names a missing file. */
async function writeManifest(names) {
  const draft = path.join(out, "manifest.json.new");
  await writeFile(draft, `${JSON.stringify(names, null, 2)}\n`);
  await rename(draft, path.join(out, "manifest.json"));
}

/** Removes what an earlier build left: a wheel must hold nothing that no page refers to. */
async function removeStale(names) {
  const kept = new Set(["manifest.json", ...Object.values(names)]);
  for (const name of await readdir(out)) {
    if (!kept.has(name)) await rm(path.join(out, name), { recursive: true });
  }
}

demandEntries();
await mkdir(out, { recursive: true });
const pairs = await Promise.all(entries.map(bundle));
const manifest = Object.fromEntries(pairs.sort(([one], [other]) => one.localeCompare(other)));
await writeManifest(manifest);
await removeStale(manifest);
