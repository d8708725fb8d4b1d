/** Commands that the pages, the help texts and the messages print. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { obsProgram } from "../../../src/operate/program.ts";

export const checkout = fileURLToPath(new URL("../../..", import.meta.url));
export const pages = [
  ...["README.md", "CONTRIBUTING.md", "python/README.md"],
  ...globSync("docs/**/*.md", { cwd: checkout }),
  ...globSync("src/**/*.md", { cwd: checkout, exclude: ["**/node_modules/**", "**/dist/**"] }),
];
export const sources = [
  ...globSync("{src,tools}/**/*.{ts,tsx,mjs}", {
    cwd: checkout,
    exclude: ["**/node_modules/**", "**/dist/**", "src/local/twins/**"],
  }),
  ...globSync(".github/workflows/*.yml", { cwd: checkout }),
];

/** Commands of `pulumi` that consist of two words. */
export const pulumiGroups = ["config", "package", "plugin", "policy", "stack", "state"];
const pulumiCommands = "up|preview|refresh|destroy|import|cancel|config|state|stack|login|logout|whoami|plugin|package";
const programs = `npx obs|obs|pulumi (?:${pulumiCommands})|npm (?:start|test|ci|run|install)|npx vitest|gh|git|uv|python3? -m|redis-cli|node tools`;
const codeOfPages = new RegExp(`(?:^\\s*|\`)((?:${programs})(?=[\\s\`]|$)[^\`|;&]*)`, "g");
const textOfSources = new RegExp(
  `(?<![\\w./@-])((?:npx obs|pulumi (?:${pulumiCommands})|npm (?:start|test|ci|run|install)|gh workflow|git (?:fetch|checkout|pull)|redis-cli|node tools)(?![\\w-])[^"\`|;)(\\n]*)`,
  "g",
);

/**
 * What is printed of each kind of command, with where it is: a kind is a command with its options, whatever their values
 * and whatever the stack is called.
 */
export function printedKinds(): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  const note = (text: string, where: string): void => {
    const kind = kindOf(text);
    if (kind === undefined) return;
    const places = kinds.get(kind);
    if (places) places.push(where);
    else kinds.set(kind, [where]);
  };
  for (const file of pages) {
    let isShell = false;
    let isFence = false;
    for (const [i, line] of readFileSync(join(checkout, file), "utf8").split("\n").entries()) {
      const [fence, language] = /^\s*```(\w*)/.exec(line) ?? [];
      if (fence !== undefined) {
        isFence = !isFence;
        isShell = isFence && /^(sh|bash|console|)$/.test(language ?? "");
        continue;
      }
      for (const part of isShell ? line.split(/&&|\|/) : [line]) {
        for (const { 0: found, 1: text = "" } of part.matchAll(codeOfPages))
          if (isShell || (!isFence && found.startsWith("`"))) note(text, `${file}:${i + 1}`);
      }
    }
  }
  for (const file of sources.filter((one) => !one.endsWith(".yml"))) {
    for (const [i, line] of readFileSync(join(checkout, file), "utf8").split("\n").entries()) {
      if (/^\s*(\*|\/\/|\/\*)/.test(line)) continue;
      for (const [, text = ""] of line.matchAll(textOfSources)) note(text, `${file}:${i + 1}`);
    }
  }
  return kinds;
}

const obs = obsProgram();

/** "obs import redis --dry-run"; undefined for what is no whole command. */
function kindOf(text: string): string | undefined {
  const words = text
    .replaceAll(/\$\{[^}]*\}/g, "x")
    .replace(/\s#.*$|<\/.*$/, "")
    .split(/\s+/)
    .map((word) => word.replace(/[.,:'…\\]+$/, ""))
    .filter(Boolean);
  const options = [
    ...new Set(words.flatMap((word) => /^--[a-z][\w-]*/.exec(word)?.[0] ?? (/^-[a-zA-Z]$/.test(word) ? word : []))),
  ].filter((option) => option !== "--stack");
  const named = (...name: string[]): string => [...name, ...options.toSorted()].join(" ");
  const [program, first, second, third] = words[0] === "npx" ? words.slice(1) : words;
  switch (program) {
    case "obs":
      return obsKind(words.slice(words.indexOf("obs") + 1), named);
    case "pulumi":
      if (first === undefined) return undefined;
      return pulumiGroups.includes(first)
        ? second && /^[a-z-]+$/.test(second) && !second.startsWith("-")
          ? named("pulumi", first, second)
          : undefined
        : named("pulumi", first);
    case "npm":
      if (first !== "run") return first === "install" ? "npm install" : named("npm", first ?? "");
      if (second === "pulumi") return "npm run pulumi";
      return second?.startsWith("-") ? third && `npm run ${third}` : second && named("npm", "run", second);
    case "vitest":
      return "npx vitest";
    case "git":
    case "gh":
    case "uv":
    case "node":
      return first && `${program} ${first}`;
    case "redis-cli":
      return program;
    default:
      return program?.startsWith("python") ? `python -m ${second ?? ""}` : undefined;
  }
}

function obsKind(words: readonly string[], named: (...name: string[]) => string): string | undefined {
  let command: Command = obs;
  const path: string[] = [];
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) break;
    command = next;
    path.push(word);
  }
  return path.length === 0 ? undefined : named("obs", ...path);
}
