import { randomUUID } from "node:crypto";
import type { Client } from "./client.ts";
import { keys } from "./keys.ts";
import { type Operation, outcomeOf, type Refusal } from "./outcome.ts";
import { mostLimit } from "./shapes.ts";

/** What Redis refuses of what the helpers need. */
export type Refusals = ReadonlyMap<Operation, Refusal>;

const tenant = "brandvx-check";
const id = randomUUID();

/**
 * Does what the helpers do, on a key of its own: a write with an expiry, a read, a script that writes, a delete. That
 * Redis answers PING says nothing of them: a full memory, a replica, missing rights or a used-up quota refuse them alone.
 *
 * @throws what tells that the connection is lost
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
