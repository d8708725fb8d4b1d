import {
  copyFileSync,
  existsSync,
  globSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary.ts";

/*
 * Follows docs/how-to.md for an event, a tile and a variable in a copy of this checkout, word by word: whoever follows
 * the page must get a passing check and passing tests without changing any other file.
 */

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Where each snippet of the page belongs, as the page says: before this line, with this indent. */
const belongs: Readonly<Record<string, { readonly before: RegExp; readonly indent: number }>> = {
  "src/catalog/events.ts": { before: /^\};\n\ntype Events/m, indent: 2 },
  "dashboards/ai-engagement.ts": { before: /^ {4}about: /m, indent: 4 },
  "test/dashboards/ai-engagement.test.ts": { before: /^mistakesAreNoticed/m, indent: 0 },
  "src/catalog/environment.ts": { before: /^\}\);\n\nexport type VariableName/m, indent: 2 },
};

/** Everyday changes that the page does not show: an event that no tile uses, a variable of the browser, a secret variable. */
const others: readonly (readonly [file: string, snippet: string])[] = [
  [
    "src/catalog/events.ts",
    [
      '"cadence.message_opened": event({',
      '  source: "server",',
      '  purpose: "The tenant\'s client opened the message",',
      '  owner: "messaging",',
      "  properties: cadenceMessage,",
      "}),",
    ].join("\n"),
  ],
  ["src/catalog/environment.ts", variable("VITE_STAGE", "browser", "public", "stage", "production", "local")],
  ["src/catalog/environment.ts", variable("JOBS_REDIS_URL", "server", "secret", "redis.url", "rediss://x:1", "")],
];

function variable(name: string, app: string, visibility: string, valueFrom: string, example: string, local: string) {
  const value = valueFrom === "redis.url" ? "redisAddress" : "environmentName";
  const fields = { app, visibility, valueFrom, meaning: "Says something.", example, local };
  const lines = Object.entries(fields).map(([key, text]) => `  ${key}: ${JSON.stringify(text)},`);
  return [`${name}: {`, ...lines.toSpliced(3, 0, `  value: ${value},`), "},"].join("\n");
}

/** The page's snippets with their files: code fences that name a file. */
function snippets(): [file: string, snippet: string][] {
  const page = readFileSync(join(checkout, "docs/how-to.md"), "utf8");
  return [...page.matchAll(/^( *)```ts (\S+)\n([\s\S]*?)^\1```$/gm)].map(([, indent = "", file = "", text = ""]) => [
    file,
    text.replaceAll(new RegExp(`^${indent}`, "gm"), "").trimEnd(),
  ]);
}

/** A copy of the checkout without the files that git ignores, but with its packages, hard-linked where possible. */
async function copyOfCheckout(folder: string): Promise<void> {
  const { stdout } = await execa("git", ["ls-files", "-co", "--exclude-standard"], { cwd: checkout });
  for (const file of stdout.split("\n")) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(checkout, file), join(folder, file));
  }
  const modules = ["node_modules", ...["operate", "resources", "runtime"].map((name) => `src/${name}/node_modules`)];
  for (const path of modules) if (existsSync(join(checkout, path))) linkTree(join(checkout, path), join(folder, path));
}

/** Links packages, because nothing writes into them; copies `.cache` and similar folders, because tools write there. */
function linkTree(from: string, to: string, isWritten = false): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const isCache = isWritten || /^\.(cache|vite)/.test(entry.name);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target, "junction");
    else if (entry.isDirectory()) linkTree(source, target, isCache);
    else if (isCache) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // Hard links do not work across file systems.
    copyFileSync(source, target);
  }
}

/**
 * Skipped, since each of them takes more than ten seconds: they deploy, build, or draw thousands of queries. All of
 * them passed with these changes when this list was written; whoever adds a test to it runs it with them once.
 */
const slow = [
  "runtime/apps/package",
  "runtime/apps/versions",
  "model/readers-agree",
  "operate/import/compile",
  "operate/import/keep",
  "operate/catalog/apps",
  "operate/doctor/doctor",
  "operate/verify/verify",
  "operate/places",
  "local/traffic/story",
  "python/generated",
  "insights/draw/any-tile",
].map((name) => `test/${name}.test.ts`);

/** Tests that use the shipped tables themselves, or a deployment with all of their variables: a new entry could break them. */
const takesTables =
  /\/catalog\/(events|environment)\.ts"|\/dashboards\/[a-z-]+\.ts"|own-dashboards\.ts"|support\/deployed\.ts"/;

const concerned = (folder: string): string[] =>
  globSync("test/**/*.test.ts", { cwd: folder })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("test/e2e/") && !slow.includes(file))
    .filter((file) => takesTables.test(readFileSync(join(folder, file), "utf8")));

test("an event, a tile and a variable as docs/how-to.md says: generate, check and tests pass, and nothing else is edited", async () => {
  using folder = temporaryFolder("brandvx-everyday-");
  const at = (path: string): string => join(folder.path, path);
  await copyOfCheckout(folder.path);
  const run = async (command: string, ...args: string[]) => {
    const { exitCode, all } = await execa(command, args, {
      ...{ cwd: folder.path, reject: false, all: true, preferLocal: true, localDir: folder.path },
    });
    return { exitCode, all };
  };

  const recipe = snippets();
  expect(recipe.map(([file]) => file).toSorted()).toEqual(Object.keys(belongs).toSorted());
  for (const [file, snippet] of [...recipe, ...others]) {
    const { before = /$^/, indent = 0 } = belongs[file] ?? {};
    const text = readFileSync(at(file), "utf8");
    const entry = snippet.replaceAll(/^(?=.)/gm, " ".repeat(indent));
    const changed = text.replace(before, (line) => `${entry}\n${indent === 2 ? "" : "\n"}${line}`);
    expect(changed, file).not.toBe(text);
    writeFileSync(at(file), changed);
  }

  expect(await run("npm", "run", "-s", "generate")).toMatchObject({ exitCode: 0 });
  // The parts of `npm run check` that an entry could break; the check of imports between folders is not among them.
  const [types, formatting, generated, tests] = await Promise.all([
    run("tsc", "--noEmit"),
    run("biome", "check", ...Object.keys(belongs)),
    run("npm", "run", "-s", "generate", "--", "--check"),
    run("vitest", "run", "--project", "unit", ...concerned(folder.path)),
  ]);
  expect(types).toEqual({ exitCode: 0, all: "" });
  expect(formatting).toMatchObject({ exitCode: 0 });
  expect(generated).toEqual({ exitCode: 0, all: "" });
  expect(tests, tests.all?.slice(-4000)).toMatchObject({ exitCode: 0 });
});
