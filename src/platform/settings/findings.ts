import { credentialIn } from "../../model/credentials.ts";
import { printable } from "../../model/text.ts";

/** One problem that prevents a stack from being previewed. */
export interface SettingFinding {
  /** What is wrong, with the value unless it is secret. */
  problem: string;
  /** The command or the edit that fixes it. */
  fix: string;
}

/** The value for a problem's text; credentials are never shown, also when they are in the wrong place. */
export function itIs(given: unknown): string {
  const text = printable(given);
  const credential = /:\/\/[^\s/:@]*:[^\s/@]+@/.test(text) ? "an address with a password" : credentialIn(text);
  return credential === undefined ? `(it is ${text})` : `(it is ${credential}, which is not shown here)`;
}

/** A longer problem gets a line of its own. */
const longestFirstColumn = 80;

/** All findings as one text: the problem in the first column, its fix in the second. */
export function reportFindings(stack: string, findings: SettingFinding[]): string {
  const things = findings.length === 1 ? "1 thing keeps" : `${findings.length} things keep`;
  const width = Math.min(longestFirstColumn, Math.max(...findings.map(({ problem }) => problem.length)));
  const lines = findings.map(({ problem, fix }) =>
    problem.length > width ? `  ${problem}\n  ${" ".repeat(width)}    ${fix}` : `  ${problem.padEnd(width)}    ${fix}`,
  );
  return [`${things} stack "${stack}" from being previewed`, ...lines].join("\n");
}
