import { type Evaluation, evaluateFlag, type Subject } from "../model/posthog/flags/evaluate.ts";
import { type FlagDefinition, flagFilters } from "./flag.ts";

/**
 * A flag's value for somebody, offline, as PostHog and its SDKs give it: for tests of flags.
 *
 * @param nowMs milliseconds since 1970, for rules such as `signed_up_on: { after: "-30d" }`
 * @example
 * valueFor("ask-streaming", flags["ask-streaming"], { distinctId: "user_7", properties: { internal: true } }, Date.now());
 */
export const valueFor = (key: string, definition: FlagDefinition, subject: Subject, nowMs: number): Evaluation =>
  evaluateFlag({ key, active: definition.active ?? true, filters: flagFilters(definition) }, subject, nowMs);
