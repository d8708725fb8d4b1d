import { askingOf, nightlyScriptOf, onboardingPromptsOf } from "./asking.ts";
import { dayMs, daysOfBeta } from "./calendar.ts";
import type { BackendDeed, BrowserDeed, Deed } from "./deed.ts";
import { messagesOf } from "./messages.ts";
import { onboardingOf } from "./onboarding.ts";
import { type Operator, operatorsUntil } from "./operators.ts";

export interface Telling {
  /** When the story begins, a midnight in UTC; see `beginningOfStory`. */
  readonly beginning: number;
  /** Start of the period, exclusive. */
  readonly after: number;
  /** End of the period, inclusive. */
  readonly upTo: number;
}

/**
 * The actions of BrandVX's operators and tenants in a period, oldest first. The story is deterministic, so a later replay can
 * continue where the last one ended without repeating anything.
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
  const allDeeds: Deed[] = [...deeds];
  if (asksAt !== null) allDeeds.push(...onboardingPromptsOf(operator, asksAt, dayOf(beginning, asksAt)));
  // Only operators who finished onboarding use AskVX.
  if (finishedAt === null) return allDeeds;
  for (const day of daysBetween(beginning, after, upTo)) {
    // In the beta there was only the stepper.
    if (day.day >= daysOfBeta && day.dayStart > finishedAt)
      allDeeds.push(...askingOf(operator, finishedAt, day), ...messagesOf(operator, day));
  }
  return allDeeds;
}

/** The operator with the script is always the same: the first regular user. */
function scripts(operators: readonly Operator[], beginning: number, after: number, upTo: number): Deed[] {
  const author = operators.find((operator) => onboardingOf(operator, beginning).finishedAt !== null);
  if (author === undefined) return [];
  return daysBetween(beginning, after, upTo).flatMap((day) => nightlyScriptOf(author, day));
}

const dayOf = (beginning: number, at: number) => {
  const day = Math.floor((at - beginning) / dayMs);
  return { day, dayStart: beginning + day * dayMs };
};

/** Days on which actions of the period may have begun: a message of yesterday evening may be delivered today. */
function daysBetween(beginning: number, after: number, upTo: number) {
  const first = Math.max(0, dayOf(beginning, after).day - 1);
  const last = dayOf(beginning, upTo).day;
  return Array.from({ length: last - first + 1 }, (_, index) => dayOf(beginning, beginning + (first + index) * dayMs));
}

export const isBrowserDeed = (deed: Deed): deed is BrowserDeed => deed.app === "browser";
export const isBackendDeed = (deed: Deed): deed is BackendDeed => deed.app === "backend";
