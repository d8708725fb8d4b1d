import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../operate/command/failure.ts";
import { type GeneratedFiles, generatedFiles } from "./files.ts";

/*
 * `npm run generate` writes all generated files. With `--check`, which `npm run check` uses, it changes nothing and exits
 * with 1 when a file is outdated.
 */

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** A checkout on Windows may have other line ends than git keeps. */
const lines = (text: string): string => text.replaceAll("\r\n", "\n");

function textOf(path: string): string | undefined {
  try {
    return lines(readFileSync(join(checkout, path), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const stale = (files: GeneratedFiles) =>
  [...files].filter(([path, text]) => textOf(path) !== (text === undefined ? undefined : lines(text)));

function write(files: GeneratedFiles): void {
  const changed = stale(files);
  for (const [path, text] of changed) {
    const file = join(checkout, path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    console.log(`${text === undefined ? "deleted" : "written"}: ${path}`);
  }
  if (changed.length === 0) console.log(`nothing to write: all ${files.size} generated files are current`);
}

function check(files: GeneratedFiles): void {
  const changed = stale(files);
  if (changed.length === 0) return;
  const what = changed.length === 1 ? "a generated file is" : `${changed.length} generated files are`;
  console.error(
    `error: ${what} not what the code says: ${changed.map(([path]) => path).join(", ")}\n  npm run generate`,
  );
  process.exitCode = 1;
}

const mode = process.argv.slice(2);
if (mode.length > 1 || (mode.length === 1 && mode[0] !== "--check")) {
  console.error(`error: ${mode.join(" ")} is not understood\n  npm run generate, or npm run generate -- --check`);
  process.exit(1);
}
try {
  const files = await generatedFiles(checkout);
  if (mode.length === 0) write(files);
  else check(files);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`error: ${error.message}${error.fix === undefined ? "" : `\n  ${error.fix}`}`);
  process.exitCode = 1;
}
