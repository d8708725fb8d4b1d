/** Commands that pages and messages print exist as they are printed: their names, and each of their options. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { execa } from "execa";
import { expect, inject, test } from "vitest";
import { parse } from "yaml";
import { engineEnvironment } from "../../../src/local/engine/environment.ts";
import { obsProgram } from "../../../src/operate/program.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { checkout, pages, pulumiGroups, sources } from "./printed.ts";

interface Printed {
  where: string;
  /** The words after the program's name that can belong to one command. */
  words: string[];
}

/** Every place where one of these programs is named with words after it, up to a sign of prose or of a shell. */
function printed(program: RegExp, files = [...pages, ...sources]): Printed[] {
  return files.flatMap((file) =>
    readFileSync(join(checkout, file), "utf8")
      .split("\n")
      .flatMap((line, i) =>
        [...line.matchAll(new RegExp(`(?<![\\w./@-])(?:${program.source}) ([^\`"|;&)(\\n]*)`, "g"))].map(
          ([, rest = ""]) => ({
            where: `${file}:${i + 1}`,
            words: rest
              .replaceAll(/\$\{[^}]*\}/g, "x")
              .split(/\s+/)
              .filter(Boolean)
              .map((word) => word.replace(/[.,:'…\\]+$/, "")),
          }),
        ),
      ),
  );
}

const optionsIn = (words: readonly string[]): string[] =>
  words.flatMap((word) => /^--[a-z][\w-]*/.exec(word)?.[0] ?? (/^-[a-zA-Z]$/.test(word) ? word : []));

test("of obs", () => {
  const program = obsProgram();
  const found = printed(/npx obs/).filter(({ words: [first = ""] }) => /^[a-z-]/.test(first));
  const problems = found.flatMap(({ where, words }) => {
    let command: Command = program;
    for (const word of words) {
      const next = command.commands.find((one) => one.name() === word);
      if (!next) break;
      command = next;
    }
    if (command === program && !words[0]?.startsWith("-")) return [`${where} npx obs ${words[0]} is no command`];
    const known = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short]);
    return optionsIn(words)
      .filter((option) => !["--help", ...known].includes(option))
      .map((option) => `${where} npx obs ${command.name()} has no ${option}`);
  });
  expect(problems).toEqual([]);
  expect(found.length).toBeGreaterThan(100);
});

test("of pulumi, as the engine that is pinned has them", async () => {
  using home = temporaryFolder("brandvx-help-");
  const env = engineEnvironment(inject("engine"), home.path);
  const help = async (...words: string[]): Promise<string> =>
    (
      await execa("pulumi", [...words, "--help"], {
        env: { ...env },
        extendEnv: false,
        preferLocal: false,
        reject: false,
        all: true,
      })
    ).all;
  const found = printed(/(?:npm run )?pulumi(?: --)?/).flatMap(({ where, words }) => {
    const [first = "", second = ""] = words;
    if (!/^(up|preview|refresh|destroy|import|cancel|config|state|stack|login|logout|whoami|plugin)$/.test(first))
      return [];
    const isNamed = pulumiGroups.includes(first) && /^[a-z-]+$/.test(second) && !second.startsWith("-");
    return { where, command: isNamed ? `${first} ${second}` : first, options: optionsIn(words) };
  });
  expect(found.length).toBeGreaterThan(100);
  const helps = new Map<string, string>();
  for (const command of new Set(found.map((one) => one.command))) helps.set(command, await help(...command.split(" ")));
  const problems: string[] = [];
  for (const { where, command, options } of found)
    for (const option of options) {
      if (new RegExp(`(^|[\\s,])${option}(?![\\w-])`, "m").test(helps.get(command) ?? "")) continue;
      // Some options are hidden (`--plan`), so an option counts as unknown only if Pulumi prints an error for it.
      if (/unknown (shorthand )?flag/.test(await help(...command.split(" "), `${option}=x`)))
        problems.push(`${where} pulumi ${command} has no ${option}`);
    }
  expect(problems).toEqual([]);
});

test("of npm and gh: the script, the workflow and its fields are there", () => {
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const unknown = printed(/npm run/, pages).filter(
    ({ words: [script = ""] }) => /^[a-z]+$/.test(script) && !(script in scripts),
  );
  expect(unknown).toEqual([]);
  const runs = printed(/gh workflow run/);
  expect(runs.length).toBeGreaterThan(2);
  for (const { where, words } of runs) {
    const [file = ""] = words;
    const { on } = parse(readFileSync(join(checkout, ".github/workflows", file), "utf8")) as {
      on: { workflow_dispatch?: { inputs?: Record<string, unknown> } };
    };
    const fields = words.flatMap((word, i) => (words[i - 1] === "--field" ? (/^[\w-]+/.exec(word)?.[0] ?? []) : []));
    for (const field of fields)
      expect(Object.keys(on.workflow_dispatch?.inputs ?? {}), `${where} ${field}`).toContain(field);
  }
});
