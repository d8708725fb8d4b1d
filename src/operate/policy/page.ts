import { line, type Section } from "../text/document.ts";
import { code, marked, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { PolicyResult } from "./check.ts";

/** Violations of rules with their fixes; empty when all rules hold. */
export function policySections({ findings }: PolicyResult): Section[] {
  if (findings.length === 0) return [];
  return [
    {
      title: plain("Rules that do not hold"),
      importance: 2,
      tone: "warning",
      items: findings.map(({ rule, name, problem, fix }) =>
        line(say`${name === undefined ? "" : say`${strong(name)}: `}${marked(problem)}`, [
          say`${marked(fix)} (rule ${code(rule)})`,
        ]),
      ),
      more: (left): Phrase => plain(`… and ${quantity(left, "more finding")}`),
    },
  ];
}
