import { rootCertificates } from "node:tls";
import { environment } from "../../catalog/environment.ts";
import { networkTrouble } from "../../resources/kernel/network.ts";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, type Result, skipped } from "../checks/check.ts";
import { needed } from "../checks/variable.ts";
import { read } from "../verify/health.ts";
import type { DoctorContext, Symptom } from "./context.ts";

const timeoutMs = 5000;
const meanwhile =
  "until it recovers the backend works from its own memory, so limits and breakers count in each process alone";

/** Redis is down: is it the address, the password, the network, or the backend that never got the address? */
export const redisIsReached: Symptom = {
  name: "redis",
  title: "Redis",
  run: async (context) => [await fromHere(context), await fromBackend(context)],
};

async function fromHere({ access, apps, redisAuthority }: DoctorContext): Promise<Result> {
  const what = "Redis, from this machine";
  const put = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts the right one in its place`;
  const without = "the backend works from its own memory";
  const given = needed(apps.server, "REDIS_URL", { what, without, fix: put, keysAreTold: true });
  if (given.value === undefined) return given.said;
  const url = given.value;
  if (!environment.REDIS_URL.value.safeParse(url).success)
    return fails(what, "`REDIS_URL` is no address of Redis", put);
  const started = performance.now();
  const refusal = await ping(url, redisAuthority);
  if (refusal === undefined) return holds(what, `answers within ${Math.round(performance.now() - started)} ms`);
  if (/WRONGPASS|NOAUTH|invalid.*password/i.test(refusal)) {
    return fails(what, "refuses the password: it was reset, and the new one is not in `REDIS_URL`", put);
  }
  const trouble = networkTrouble(refusal);
  if (trouble?.isHere)
    return fails(what, `cannot be tried (${refusal}): ${trouble.what}`, `on this machine: ${trouble.fix}`);
  return fails(
    what,
    `cannot be reached (${refusal})`,
    `look at the database in Upstash's console and at its list of allowed addresses; ${meanwhile}`,
  );
}

/** Undefined when it answers; otherwise why it does not, without the address. */
async function ping(url: string, authority: string | undefined): Promise<string | undefined> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    ...(authority !== undefined && { tls: { ca: [...rootCertificates, authority] } }),
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableOfflineQueue: false,
  });
  let last: Error | undefined;
  redis.on("error", (error: Error) => {
    last = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    return undefined;
  } catch (error) {
    const cause = (last ?? error) as NodeJS.ErrnoException;
    return cause.code ?? cause.message;
  } finally {
    redis.disconnect();
  }
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
  const said = read(answer.text);
  if (!said)
    return fails(
      what,
      `${healthUrl} says nothing of Redis`,
      "is this the backend? `pulumi config set healthUrl <address>`",
    );
  if (said.redis === "ok") return holds(what, "/health says redis: ok");
  if (said.redis === "disabled") {
    return fails(
      what,
      "/health says redis: disabled: the backend was started without `REDIS_URL`",
      "start a deploy on Render: variables take effect with it",
    );
  }
  return fails(
    what,
    `/health says redis: ${said.redis}`,
    `restart the service when Redis answers from this machine; ${meanwhile}`,
  );
}
