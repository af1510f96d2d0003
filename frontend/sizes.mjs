// What a visitor's phone has to fetch, against its budget. Over it: smaller code, not a larger budget.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const out = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "suoja", "static", "suoja");
const manifest = JSON.parse(readFileSync(path.join(out, "manifest.json"), "utf8"));

// Bytes after gzip. The loader stands on every page of a host, the widget on a phone with a poor connection.
const budgets = { "loader.js": 2048, "widget.js": 14336 };

let failed = false;
for (const [name, file] of Object.entries(manifest)) {
  const size = gzipSync(readFileSync(path.join(out, file)), { level: 9 }).length;
  const budget = budgets[name];
  const isOver = budget !== undefined && size > budget;
  failed ||= isOver;
  const remark = budget === undefined ? "" : `  of ${budget}${isOver ? "  TOO LARGE" : ""}`;
  process.stdout.write(`${name.padEnd(14)}${String(size).padStart(7)} bytes gzip${remark}\n`);
}
for (const name of Object.keys(budgets)) {
  if (manifest[name] === undefined) {
    process.stderr.write(`${name} has a budget and was not built.\n`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
