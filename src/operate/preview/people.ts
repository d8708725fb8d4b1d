import type { Once } from "../../resources/kernel/batched.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import type { Access } from "../access/access.ts";
import { PostHogQueries } from "../access/posthog.ts";
import { conditionsToCount } from "../changes/flags/flags.ts";
import type { Count, CountOf } from "../changes/flags/people.ts";
import { isFailure } from "../command/failure.ts";
import { unlessAborted } from "../command/interrupted.ts";
import type { Surroundings } from "../command/surroundings.ts";
import type { Change } from "../plan/plan.ts";

/** What counting may add to the time of a preview. */
const budgetMs = 10_000;

/**
 * Asks PostHog how many people the changing flags of a plan concern; no request where none changes. What PostHog refuses,
 * cannot count, or does not answer in time is unknown, and no reason for a preview to fail.
 *
 * @param withinMs milliseconds for all of it
 */
export async function countPeople(
  changes: readonly Change[],
  access: Pick<Once<Access>, "get">,
  { progress, signal }: Pick<Surroundings, "progress" | "signal">,
  withinMs = budgetMs,
): Promise<CountOf | undefined> {
  const asked = conditionsToCount(changes);
  if (asked.length === 0) return undefined;
  progress("Asking PostHog how many people the feature flags concern …");
  const counts = new Map<string, Count>();
  const timer = Promise.withResolvers<Count>();
  const timeout = setTimeout(() => timer.resolve(late(withinMs)), withinMs);
  try {
    const posthog = await queriesOf(access, withinMs);
    const counting = asked.map(async (conditions) => {
      const count = "unknown" in posthog ? posthog : ask(posthog.queries, conditions, withinMs);
      counts.set(keyOf(conditions), await Promise.race([count, timer.promise]));
    });
    await unlessAborted(signal, Promise.all(counting));
  } finally {
    clearTimeout(timeout);
  }
  return (conditions) => counts.get(keyOf(conditions)) ?? { unknown: "PostHog was not asked" };
}

const keyOf = (conditions: readonly unknown[]): string => JSON.stringify(conditions);

async function queriesOf(
  access: Pick<Once<Access>, "get">,
  timeoutMs: number,
): Promise<{ queries: PostHogQueries } | { unknown: string }> {
  try {
    return { queries: new PostHogQueries(await access.get(), timeoutMs) };
  } catch (error) {
    if (isFailure(error)) return { unknown: error.message };
    throw error;
  }
}

async function ask(queries: PostHogQueries, conditions: readonly unknown[], withinMs: number): Promise<Count> {
  try {
    return await queries.people(conditions.map(personCondition), withinMs);
  } catch (error) {
    if (isVendorError(error)) return { unknown: why(error.failure, withinMs) };
    throw error;
  }
}

/** A condition of a plan has a type only where it is not on a person's property. */
const personCondition = (condition: unknown): object => ({ type: "person", ...(condition as object) });

function why({ status, code }: { status: number | undefined; code: string | undefined }, withinMs: number): string {
  if (code === "ECONNABORTED" || code === "ETIMEDOUT" || code === "wait_too_long") return late(withinMs).unknown;
  if (status === undefined) return "PostHog cannot be reached";
  if (status === 401) return "PostHog does not accept the key";
  if (status === 403) return "PostHog answers 403, the key needs the scope feature_flag:read";
  return code === "unexpected_answer" ? "PostHog answers in an unknown form" : `PostHog answers ${status}`;
}

const late = (withinMs: number): { readonly unknown: string } => ({
  unknown: `PostHog has no answer within ${Math.round(withinMs / 100) / 10} s`,
});
