import type { OwnershipRule } from "./inputs.ts";

/** Comments in the rules' text: the rules between them belong to this resource, all others to people. */
const first =
  "# Managed by code (brandvx-observability): begin. The last rule that matches wins, so yours stand below.";
const last = "# Managed by code (brandvx-observability): end";
const isFirst = (line: string): boolean => /^#\s*Managed by code \(brandvx-observability\): begin/.test(line.trim());
const isLast = (line: string): boolean => /^#\s*Managed by code \(brandvx-observability\): end/.test(line.trim());

/**
 * This resource's rules in a text, in their order. Owners are compared as in Sentry: e-mail addresses in lower case.
 */
export const rulesIn = (raw: string): OwnershipRule[] =>
  parted(raw)
    .ours.map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [match = "", ...owners] = line.split(/\s+/);
      return { match, owners };
    });

/**
 * The text with these rules instead of the present block, before rules that people wrote, because Sentry applies the
 * last matching rule.
 */
export function withRules(raw: string, rules: readonly OwnershipRule[]): string {
  const theirs = parted(raw).theirs.join("\n").trim();
  if (rules.length === 0) return theirs;
  const ours = rules.map(({ match, owners }) => [match, ...owners].join(" "));
  return [first, ...ours, last, ...(theirs === "" ? [] : ["", theirs])].join("\n");
}

/** A block without its end mark extends to the first blank line. */
function parted(raw: string): { ours: string[]; theirs: string[] } {
  const ours: string[] = [];
  const theirs: string[] = [];
  const lines = raw.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (!isFirst(line)) {
      if (!isLast(line)) theirs.push(line);
      continue;
    }
    const rest = lines.slice(at + 1);
    const end = rest.findIndex(isLast);
    const blank = rest.findIndex((other) => other.trim() === "");
    const length = end >= 0 ? end : blank >= 0 ? blank : rest.length;
    ours.push(...rest.slice(0, length));
    at += length + (end >= 0 ? 1 : 0);
  }
  return { ours, theirs };
}
