import { randomUUID } from "node:crypto";
import type { Client } from "./client.ts";
import { keys } from "./keys.ts";
import { type Operation, outcomeOf, type Refusal } from "./outcome.ts";
import { mostLimit } from "./shapes.ts";

/** An operation of the helpers that Redis refuses. */
export type Refusals = ReadonlyMap<Operation, Refusal>;

const tenant = "brandvx-check";
const id = randomUUID();

/**
 * Tries the helpers' operations on a test key: a write with expiry, a read, a script that writes, a delete. PING is no test
 * for them: with a full memory, on a replica, without rights or without quota Redis refuses only these.
 *
 * @throws the error of a lost connection
 */
export async function checkOperations(redis: Client): Promise<Refusals> {
  const key = keys.rateLimit(tenant, id);
  const asked: [Operation, Promise<unknown>][] = [
    ["write", redis.set(key, "0", "EX", 60)],
    ["read", redis.get(key)],
    ["script", redis.limitTake(key, keys.rateMultiplier(tenant), 1, 60, mostLimit)],
    ["delete", redis.unlink(key)],
  ];
  const answers = await Promise.allSettled(asked.map(([, answer]) => answer));
  const refusals = new Map<Operation, Refusal>();
  for (const [index, [operation]] of asked.entries()) {
    const answer = answers[index];
    if (answer?.status !== "rejected") continue;
    const outcome = outcomeOf(answer.reason);
    if (outcome.kind !== "refusal") throw answer.reason;
    refusals.set(operation, outcome.refusal);
  }
  return refusals;
}
