import { eventFacts } from "./event-facts.ts";
import type { Issue, StoredEvent } from "./model.ts";

/**
 * The part of Sentry's issue search that scripts use: `is:resolved`, `environment:production`, `release:1.2`,
 * `level:error`, any other tag as `key:value`, `!` before a term to negate it, an event id, and words in the title.
 */
export function issueMatches(query: string, issue: Issue, events: () => readonly StoredEvent[]): boolean {
  const terms = query.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return terms.every((term) => {
    const negated = term.startsWith("!");
    const [, key, quoted] = /^!?([\w.]+):(.*)$/.exec(term) ?? [];
    const value = (quoted ?? term.replace(/^!/, "")).replaceAll('"', "");
    return matchesTerm(key, value, issue, events) !== negated;
  });
}

function matchesTerm(
  key: string | undefined,
  value: string,
  issue: Issue,
  events: () => readonly StoredEvent[],
): boolean {
  switch (key) {
    case undefined:
      return (
        `${issue.title} ${issue.culprit} ${issue.shortId}`.toLowerCase().includes(value.toLowerCase()) ||
        (/^[0-9a-f]{32}$/.test(value) && events().some(({ id }) => id === value))
      );
    case "is":
      return value === "archived" ? issue.status === "ignored" : issue.status === value || issue.substatus === value;
    case "id":
      return events().some(({ id }) => id === value.replaceAll("-", ""));
    case "issue":
      return issue.shortId === value.toUpperCase();
    case "environment":
      return issue.environments.includes(value);
    case "title":
    case "message":
      return matchesText(issue.title, value);
    default:
      return events().some(({ payload, scrubbed }) => {
        const held = eventFacts(scrubbed ?? payload).tags[key];
        return held !== undefined && matchesText(held, value);
      });
  }
}

/** Equal, or a match of the pattern when the value has asterisks. */
function matchesText(held: string, wanted: string): boolean {
  if (!wanted.includes("*")) return held === wanted;
  const text = held.toLowerCase();
  const [start = "", ...parts] = wanted.toLowerCase().split("*");
  const end = parts.pop() ?? "";
  if (!text.startsWith(start) || !text.endsWith(end)) return false;
  // Finds each part at its first position: a regular expression would try all positions of all asterisks.
  let at = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - end.length;
}
