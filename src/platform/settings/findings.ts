import { credentialIn } from "../../model/credentials.ts";
import { printable } from "../../model/text.ts";

/** One thing that keeps a stack from being previewed. */
export interface SettingFinding {
  /** What is wrong, with the value that was given unless it is secret. */
  problem: string;
  /** The command or the edit that mends it. */
  fix: string;
}

/** What was given, for a problem's text; a credential is shown nowhere, also where it stands in the wrong place. */
export function itIs(given: unknown): string {
  const text = printable(given);
  const credential = /:\/\/[^\s/:@]*:[^\s/@]+@/.test(text) ? "an address with a password" : credentialIn(text);
  return credential === undefined ? `(it is ${text})` : `(it is ${credential}, which is not shown here)`;
}

/** A longer problem gets a line of its own. */
const longestFirstColumn = 80;

/** All findings as one text: what is wrong in the first column, what mends it in the second. */
export function reportFindings(stack: string, findings: SettingFinding[]): string {
  const things = findings.length === 1 ? "1 thing keeps" : `${findings.length} things keep`;
  const width = Math.min(longestFirstColumn, Math.max(...findings.map(({ problem }) => problem.length)));
  const lines = findings.map(({ problem, fix }) =>
    problem.length > width ? `  ${problem}\n  ${" ".repeat(width)}    ${fix}` : `  ${problem.padEnd(width)}    ${fix}`,
  );
  return [`${things} stack "${stack}" from being previewed`, ...lines].join("\n");
}
