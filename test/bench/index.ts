import { readdirSync } from "node:fs";
import Table from "cli-table3";

/** A figure that a module of this folder measures. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** `npm run bench` runs all modules of this folder, `npm run bench -- provider` the one of that name. */
const chosen = process.argv.slice(2);
const modules = readdirSync(import.meta.dirname)
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => name !== "index" && (chosen.length === 0 || chosen.includes(name)));

const unknown = chosen.filter((name) => !modules.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(", ")}`);
  process.exit(1);
}

const shown = new Intl.NumberFormat("en", { maximumSignificantDigits: 4, useGrouping: false });

for (const name of modules) {
  console.error(`${name} …`);
  const { run } = (await import(`./${name}.ts`)) as { run: () => Promise<Figure[]> };
  const table = new Table({
    head: [name, "", ""],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "left"],
  });
  for (const { name: figure, value, unit } of await run()) table.push([figure, shown.format(value), unit]);
  console.log(table.toString());
}
