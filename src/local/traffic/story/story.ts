import { askingOf, nightlyScriptOf, onboardingPromptsOf } from "./asking.ts";
import { dayMs, daysOfBeta } from "./calendar.ts";
import type { BackendDeed, BrowserDeed, Deed } from "./deed.ts";
import { messagesOf } from "./messages.ts";
import { onboardingOf } from "./onboarding.ts";
import { type Operator, operatorsUntil } from "./operators.ts";

export interface Telling {
  /** When the story begins, a midnight in UTC; see `beginningOfStory`. */
  readonly beginning: number;
  /** What happened after this … */
  readonly after: number;
  /** … and up to this. */
  readonly upTo: number;
}

/**
 * What BrandVX's operators and tenants did in a stretch of time, oldest first. The same story each time: what lies
 * between two tellings can be told later without telling anything twice.
 */
export function story({ beginning, after, upTo }: Telling): Deed[] {
  const isTold = ({ at }: Deed): boolean => at > after && at <= upTo;
  const operators = operatorsUntil(beginning, upTo);
  const deeds = operators.flatMap((operator) => deedsOf(operator, beginning, after, upTo));
  return [...deeds, ...scripts(operators, beginning, after, upTo)]
    .filter(isTold)
    .sort((one, other) => one.at - other.at);
}

function deedsOf(operator: Operator, beginning: number, after: number, upTo: number): Deed[] {
  const { deeds, finishedAt, asksAt } = onboardingOf(operator, beginning);
  const told: Deed[] = [...deeds];
  if (asksAt !== null) told.push(...onboardingPromptsOf(operator, asksAt, dayOf(beginning, asksAt)));
  // Who finished uses AskVX; who stopped does not come back for it.
  if (finishedAt === null) return told;
  for (const day of daysBetween(beginning, after, upTo)) {
    // In the beta there was the stepper and nothing behind it.
    if (day.day >= daysOfBeta && day.dayStart > finishedAt)
      told.push(...askingOf(operator, finishedAt, day), ...messagesOf(operator, day));
  }
  return told;
}

/** The same operator has written the script all along: the first one who settled. */
function scripts(operators: readonly Operator[], beginning: number, after: number, upTo: number): Deed[] {
  const author = operators.find((operator) => onboardingOf(operator, beginning).finishedAt !== null);
  if (author === undefined) return [];
  return daysBetween(beginning, after, upTo).flatMap((day) => nightlyScriptOf(author, day));
}

const dayOf = (beginning: number, at: number) => {
  const day = Math.floor((at - beginning) / dayMs);
  return { day, dayStart: beginning + day * dayMs };
};

/** Days that what happens in the stretch may have begun on: a message of yesterday evening may be decided today. */
function daysBetween(beginning: number, after: number, upTo: number) {
  const first = Math.max(0, dayOf(beginning, after).day - 1);
  const last = dayOf(beginning, upTo).day;
  return Array.from({ length: last - first + 1 }, (_, index) => dayOf(beginning, beginning + (first + index) * dayMs));
}

export const isBrowserDeed = (deed: Deed): deed is BrowserDeed => deed.app === "browser";
export const isBackendDeed = (deed: Deed): deed is BackendDeed => deed.app === "backend";
