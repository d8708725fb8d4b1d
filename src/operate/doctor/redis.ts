import { environment } from "../../catalog/environment.ts";
import { networkTrouble } from "../../resources/kernel/network.ts";
import { askRedis, refusedInWords } from "../../runtime/redis/ask.ts";
import type { Refusals } from "../../runtime/redis/check.ts";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, type Result, skipped } from "../checks/check.ts";
import { requiredVariable } from "../checks/variable.ts";
import { parseHealth, redisInWords } from "../verify/health.ts";
import type { DoctorContext, Symptom } from "./context.ts";

const timeoutMs = 5000;
const meanwhile =
  "until it recovers the backend works from its own memory, so limits and breakers count in each process alone";

/** Why Redis is down: wrong address, wrong password, the network, or a backend that never got the address. */
export const redisIsReached: Symptom = {
  name: "redis",
  title: "Redis",
  run: async (context) => [await fromHere(context), await fromBackend(context)],
};

async function fromHere({ access, apps, redisAuthority }: DoctorContext): Promise<Result> {
  const what = "Redis, from this machine";
  const put = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts the right one in its place`;
  const without = "the backend works from its own memory";
  const given = requiredVariable(apps.server, "REDIS_URL", { what, without, fix: put, keysAreTold: true });
  if (given.value === undefined) return given.result;
  const url = given.value;
  if (!environment.REDIS_URL.value.safeParse(url).success)
    return fails(what, "`REDIS_URL` is not an address of Redis", put);
  const started = performance.now();
  const found = await askRedis(url, { authority: redisAuthority, timeoutMs });
  if (typeof found !== "string") {
    const ms = Math.round(performance.now() - started);
    if (found.size === 0) return holds(what, `reads, writes, runs scripts and deletes within ${ms} ms`);
    return fails(what, `answers, and refuses ${refusedInWords(found)}`, `${fixOf(found)}; ${meanwhile}`);
  }
  if (/WRONGPASS|NOAUTH|invalid.*password/i.test(found)) {
    return fails(what, "refuses the password: it was reset, and the new one is not in `REDIS_URL`", put);
  }
  const trouble = networkTrouble(found);
  if (trouble?.isHere)
    return fails(what, `cannot be tried (${found}): ${trouble.what}`, `on this machine: ${trouble.fix}`);
  return fails(
    what,
    `cannot be reached (${found})`,
    `look at the database in Upstash's console and at its list of allowed addresses; ${meanwhile}`,
  );
}

/** By the error code of the Redis server. */
const fixes: Readonly<Record<string, string>> = {
  OOM: "its memory is full and it evicts nothing: raise its size or choose an eviction policy in Upstash's console",
  READONLY: "it is a read-only replica: `REDIS_URL` has to be the primary's address",
  NOPERM: "its user lacks rights: it has to read, write, delete and run scripts (EVAL and EVALSHA)",
  quota: "its allowance is used up: raise the plan or the budget in Upstash's console",
};

function fixOf(refusals: Refusals): string {
  const [first] = refusals.values();
  return fixes[first?.word ?? ""] ?? "look at the database in Upstash's console";
}

async function fromBackend({ healthUrl, appsRun, signal }: DoctorContext): Promise<Result> {
  const what = "Redis, from the backend";
  if (!appsRun) return skipped(what, appsDoNotRun);
  const answer = await fetched(healthUrl, {}, signal);
  if (!answer.ok)
    return fails(
      what,
      `${healthUrl} ${answerWords(answer)}`,
      "look at the service's log on Render: the backend itself does not answer",
    );
  const health = parseHealth(answer.text);
  if (!health)
    return fails(
      what,
      `${healthUrl} does not mention Redis`,
      "is this the backend? `pulumi config set healthUrl <address>`",
    );
  if (health.redis === "ok") return holds(what, "/health says redis: ok");
  if (health.redis === "disabled") {
    return fails(
      what,
      "/health says redis: disabled: the backend was started without `REDIS_URL`",
      "start a deploy on Render: variables take effect with it",
    );
  }
  const words = redisInWords(health);
  return fails(
    what,
    `/health says redis: ${health.redis}${words && `: it ${words}`}`,
    `restart the service when Redis answers from this machine; ${meanwhile}`,
  );
}
