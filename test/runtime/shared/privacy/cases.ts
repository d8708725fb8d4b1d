import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { redactText } from "../../../../src/runtime/shared/privacy/text.ts";
import { redact } from "../../../../src/runtime/shared/privacy/value.ts";

/** A line of src/runtime/privacy-cases. */
export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly text?: string;
  readonly value?: unknown;
  readonly secret?: string | readonly string[];
  readonly stays?: readonly string[];
}

/** The result of one case. */
export interface Verdict {
  readonly given: Case;
  readonly output: string;
  /** Private parts that remained, or a useful text that was changed. */
  readonly wrong: boolean;
  /** Parts that should have stayed, but did not. */
  readonly lost: readonly string[];
}

const folder = join(import.meta.dirname, "../../../../src/runtime/privacy-cases");

/** The cases of all files of a group. */
export function casesOf(group: "private" | "useful"): Case[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${group}-`) && file.endsWith(".jsonl"))
    .toSorted()
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean))
    .map((line) => JSON.parse(line) as Case);
}

export function verdictOf(given: Case): Verdict {
  const isText = given.text !== undefined;
  const output = isText ? redactText(given.text) : JSON.stringify(redact(given.value));
  const secrets = typeof given.secret === "string" ? [given.secret] : (given.secret ?? []);
  const wrong =
    given.secret === undefined
      ? output !== (isText ? given.text : JSON.stringify(given.value))
      : secrets.some((part) => output.includes(part));
  return { given, output, wrong, lost: (given.stays ?? []).filter((part) => !output.includes(part)) };
}

/** Verdicts by kind, in the order of the files. */
export function verdictsByKind(group: "private" | "useful"): Map<string, Verdict[]> {
  return Map.groupBy(casesOf(group).map(verdictOf), ({ given }) => given.kind);
}
