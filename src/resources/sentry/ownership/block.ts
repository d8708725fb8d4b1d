import type { OwnershipRule } from "./inputs.ts";

/** Comments of the rules' text: what stands between them is ours, everything else is people's. */
const first =
  "# Managed by code (brandvx-observability): begin. The last rule that matches wins, so yours stand below.";
const last = "# Managed by code (brandvx-observability): end";
const isFirst = (line: string): boolean => /^#\s*Managed by code \(brandvx-observability\): begin/.test(line.trim());
const isLast = (line: string): boolean => /^#\s*Managed by code \(brandvx-observability\): end/.test(line.trim());

/** The rules of a text that are ours, in their order. Owners are compared as Sentry does: e-mail addresses in lower case. */
export const rulesIn = (raw: string): OwnershipRule[] =>
  parted(raw)
    .ours.map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [match = "", ...owners] = line.split(/\s+/);
      return { match, owners };
    });

/** The text with these rules in place of ours, before what people wrote: of rules that match, Sentry takes the last. */
export function withRules(raw: string, rules: readonly OwnershipRule[]): string {
  const theirs = parted(raw).theirs.join("\n").trim();
  if (rules.length === 0) return theirs;
  const ours = rules.map(({ match, owners }) => [match, ...owners].join(" "));
  return [first, ...ours, last, ...(theirs === "" ? [] : ["", theirs])].join("\n");
}

/** A block whose end somebody removed goes to the first line that is blank. */
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
