import { once } from "node:events";
import { createServer } from "node:http";
import { Redis } from "ioredis";
import { PostHog } from "posthog-node";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { scripts } from "../../src/runtime/redis/scripts.ts";
import { createStateStore } from "../../src/runtime/redis/state-store.ts";
import { createAnalytics } from "../../src/runtime/server/analytics.ts";
import { createSink } from "../../src/runtime/server/sink.ts";
import { redact } from "../../src/runtime/shared/privacy/value.ts";
import { chromiumPath } from "../support/chromium.ts";
import { median } from "../support/median.ts";
import { redisServerPath, startRedisServer } from "../support/redis-server.ts";
import type { Figure } from "./evaluate.ts";

/*
 * Measures what the runtime helpers cost beyond the libraries that they use. Both run alternately in one process, so
 * that the ratio is reliable on a busy machine too; the absolute times are not.
 */

const silent = createSink("", "", () => {});

type OnEnd = (end: () => Promise<void>) => void;

/** Processor time of this process since it began, in microseconds. Unlike elapsed time, it excludes other processes. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

type Work = () => unknown;

/** Microseconds a call, of one round. */
interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

interface Compared {
  /** Median ratio of the rounds' pairs. */
  readonly ratio: number;
  /** Median difference of the rounds' pairs, in microseconds a call. */
  readonly beyond: number;
}

const rounds = 61;
/** The first rounds warm up. */
const warmUp = 8;

/**
 * Compares two pieces of work of `count` calls each, which run alternately and in changing order. Each round is a pair of its
 * own: what else the machine does changes from round to round, and slows both of a pair.
 * @param rest work that each leaves to be finished; it is finished before the other one's turn and not measured
 */
async function inTurns(count: number, ours: Work, theirs: Work, rest: { ours?: Work; theirs?: Work } = {}) {
  const works = { ours, theirs };
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = { ours: 0, theirs: 0 };
    for (const who of round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const)) {
      const begun = processorTime();
      const done = works[who]();
      // Synchronous work is not awaited: a turn of the event loop would include other work.
      if (done instanceof Promise) await done;
      times[who] = (processorTime() - begun) / count;
      await rest[who]?.();
    }
    if (round >= warmUp) pairs.push(times);
  }
  return ofPairs(pairs);
}

const ofPairs = (pairs: readonly Pair[]): Compared => ({
  ratio: median(pairs.map(({ ours, theirs }) => ours / theirs)),
  beyond: median(pairs.map(({ ours, theirs }) => ours - theirs)),
});

const compared = (what: string, library: string, { ratio, beyond }: Compared): Figure[] => [
  { name: `${what}, of ${library} alone`, value: ratio, unit: "times" },
  { name: `${what}, beyond ${library}`, value: beyond, unit: "µs a call" },
];

async function captures(onEnd: OnEnd): Promise<Figure[]> {
  const ingest = createServer((request, response) => request.resume().on("end", () => response.end('{"status":1}')));
  ingest.listen(0, "127.0.0.1");
  await once(ingest, "listening");
  onEnd(async () => {
    ingest.closeAllConnections();
    ingest.close();
  });
  const address = ingest.address();
  const host = `http://127.0.0.1:${typeof address === "string" || !address ? 0 : address.port}`;
  const analytics = createAnalytics({ key: "phc_bench", host, development: false, onDrop: () => {}, sink: silent });
  const client = new PostHog("phc_bench", { host });
  onEnd(async () => {
    await Promise.all([analytics.close(1_000), client.shutdown(1_000)]);
  });
  const properties = { channel: "sms", template_id: "welcome", contact_id: "3fa85f64-5717-4562-b3fc-2c963f66afa6" };
  const event = "cadence.message_sent";
  const calls = 500;
  const ours = () => {
    for (let call = 0; call < calls; call += 1) analytics.capture(event, "tenant", properties);
  };
  const theirs = () => {
    for (let call = 0; call < calls; call += 1) client.capture({ distinctId: "tenant", event, properties });
  };
  // Waits until all captured events are sent: posthog-node has flushed, and our queue is empty.
  const rest = {
    async ours() {
      while (analytics.detail().waiting > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    theirs: () => client.flush(),
  };
  const until = (work: Work, left: Work) => async () => {
    work();
    await left();
  };
  return [
    ...compared("phCapture, the call", "posthog-node", await inTurns(calls, ours, theirs, rest)),
    ...compared(
      "an event until it is sent, redaction included",
      "posthog-node",
      await inTurns(calls, until(ours, rest.ours), until(theirs, rest.theirs)),
    ),
  ];
}

async function state(onEnd: OnEnd): Promise<Figure[]> {
  if (!redisServerPath) return [];
  const { url } = await startRedisServer(onEnd);
  const store = createStateStore({ url });
  const client = new Redis(url, { enableOfflineQueue: true });
  onEnd(async () => {
    client.disconnect();
    await store.close();
  });
  await store.ready();
  await store.cacheSet("kpis:bench", { open: 12, sent: 340, failed: 2 });
  const forever = { limit: 1_000_000_000, windowSeconds: 3_600 };
  const limit = store.rateLimit("bench", { ...forever, whenRedisIsDown: "local" });
  const limiter = new RateLimiterRedis({
    storeClient: client,
    keyPrefix: "bench",
    points: forever.limit,
    duration: 3_600,
  });
  // The same script with the same arguments, without the helper.
  const bare = new Redis(url, {
    enableOfflineQueue: true,
    protocol: 2,
    scripts: { take: scripts.limitTake },
  }) as Redis & {
    take(...args: (string | number)[]): Promise<unknown>;
  };
  onEnd(async () => bare.disconnect());
  const calls = 300;
  const oneByOne = (call: () => Promise<unknown>) => async () => {
    for (let index = 0; index < calls; index += 1) await call();
  };
  const atOnce = (call: () => Promise<unknown>) => () => Promise.all(Array.from({ length: calls }, call));
  const hit = () => store.cacheGet("kpis:bench");
  const get = () => client.get("kpis:bench");
  const read = () => client.get("kpis:bench").then((text) => JSON.parse(text ?? "null") as unknown);
  return [
    ...compared("a cache hit", "ioredis", await inTurns(calls, oneByOne(hit), oneByOne(get))),
    // A hit is a value and `get` is a text: the part of the difference that reading the text costs without this package.
    ...compared("a cache hit", "ioredis and JSON.parse", await inTurns(calls, oneByOne(hit), oneByOne(read))),
    ...compared("a cache hit, 300 at once", "ioredis", await inTurns(calls, atOnce(hit), atOnce(get))),
    ...compared(
      "a take of a limit",
      "the same script called bare",
      await inTurns(
        calls,
        oneByOne(() => limit.take("t1")),
        oneByOne(() => bare.take("ratelimit:t2:bench", "tenant:t2:rl_multiplier", 1, 3_600, forever.limit)),
      ),
    ),
    ...compared(
      "a take of a limit",
      "rate-limiter-flexible",
      await inTurns(
        calls,
        oneByOne(() => limit.take("t1")),
        oneByOne(() => limiter.consume("t1")),
      ),
    ),
  ];
}

function redaction(): Figure[] {
  const megabyte = "call ada@example.com on +1 555 123 4567, please. ".repeat(21_400);
  const event = { onboard: true, error: "550 <ada@example.com>: relay access denied", mode: "chat" };
  const timeOf = (work: () => void, count: number) => {
    const times = Array.from({ length: 9 }, () => {
      const begun = processorTime();
      for (let call = 0; call < count; call += 1) work();
      return (processorTime() - begun) / count;
    });
    return median(times);
  };
  return [
    { name: "redacting a property of 1 MB", value: timeOf(() => redact(megabyte), 10) / 1_000, unit: "ms" },
    { name: "redacting a usual event", value: timeOf(() => redact(event), 2_000), unit: "µs" },
  ];
}

async function tracks(onEnd: OnEnd): Promise<Figure[]> {
  if (!chromiumPath) return [];
  const { shortestVisit, timesInBrowser } = await import("../runtime/browser/track-times.ts");
  return [
    ...compared("track", "posthog-js", ofPairs(await timesInBrowser(onEnd))),
    { name: "a visit is counted from", value: await shortestVisit(onEnd), unit: "ms after the first chunk" },
  ];
}

/** All figures of the runtime helpers. Figures that need a redis-server or Chromium are left out when it is missing. */
export async function run(): Promise<Figure[]> {
  const ends: (() => Promise<void>)[] = [];
  const onEnd: OnEnd = (end) => void ends.push(end);
  try {
    return [...(await tracks(onEnd)), ...(await captures(onEnd)), ...(await state(onEnd)), ...redaction()];
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
