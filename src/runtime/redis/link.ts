import { reasonOf } from "../shared/reason.ts";
import { createTroubles } from "../shared/troubles.ts";
import { within } from "../shared/within.ts";
import { checkOperations, type Refusals } from "./check.ts";
import { type Client, openClient } from "./client.ts";
import { createDeadlines } from "./deadlines.ts";
import type { Notice } from "./notice.ts";
import { isOfDatabase, type Operation, outcomeOf } from "./outcome.ts";
import { createRefusals } from "./refusals.ts";
import type { RedisDetail } from "./status.ts";

/**
 * The result of work in Redis, or that Redis did not do it. `refusedValue`: Redis refuses only this value, or has another type
 * under this key.
 */
export type RedisResult<Value> =
  | { readonly reached: true; readonly value: Value }
  | { readonly reached: false; readonly refusedValue?: string };

export type LinkState = "disabled" | "starting" | "up" | "down";

export interface LinkOptions {
  /** `redis://` or `rediss://`; without it every attempt fails immediately. */
  readonly url: string | undefined;
  /** Why the given URL is invalid. It is not tried: Redis counts as down for the life of the process. */
  readonly wrong: string | undefined;
  /** Timeout of any attempt, in milliseconds. */
  readonly deadlineMs: number;
  readonly notice: (notice: Notice) => void;
}

/**
 * The connection to Redis. No attempt waits longer than the deadline, and none waits for what is known not to work. Only
 * connection errors count as an outage; errors of the work itself are thrown to the caller.
 */
export interface RedisLink {
  readonly state: LinkState;
  attempt<Value>(
    operation: Operation,
    work: (client: Client) => Promise<Value>,
    budgetMs?: number,
  ): Promise<RedisResult<Value>>;
  /** The same, and what `of` makes of it, which throws nothing: without a further promise, which costs a part of a call. */
  attemptThen<Value, Result>(
    operation: Operation,
    work: (client: Client) => Promise<Value>,
    of: (result: RedisResult<Value>) => Result,
  ): Promise<Result>;
  /** Runs `work` before Redis is used again, and again by {@link settleSoon}. If it throws, Redis stays down. */
  onReturn(work: (client: Client) => Promise<void>): void;
  settleSoon(): void;
  /** Tests the helpers' operations and returns the result. Never slower than the deadline. */
  detail(): Promise<RedisDetail>;
  /** Whether Redis is up, at the latest after `ms`. */
  ready(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Consecutive failures after which Redis counts as down. */
const outagesToGiveUp = 3;
/** First and maximum interval between checks whether Redis is back, or accepts what it refused. */
const lookEveryMs = { first: 500, last: 4_000 };
/** Keep-alive interval: Redis services close connections that are silent for minutes. */
const keepAliveEveryMs = 30_000;
/** A replica that was a primary: the new one is found by connecting again. */
const reconnectEveryMs = 2_000;

const unreached = { reached: false } as const;
const asItIs = <Value>(result: RedisResult<Value>) => result;
const fallback = "Cache, limits, breakers and events use this process's memory until it is back.";

export function createLink({ url, wrong, deadlineMs, notice }: LinkOptions): RedisLink {
  if (!url && !wrong) return disabledLink;

  let state: "starting" | "up" | "down" | "closed" = "starting";
  let client: Client | undefined;
  let lastError = "no connection yet";
  let since = new Date();
  let outages = 0;
  let checking: Promise<boolean> | undefined;
  let look: NodeJS.Timeout | undefined;
  let lookAfterMs = lookEveryMs.first;
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  let reconnecting = false;
  let unsettled = false;
  /** The server's words on the database of the URL, which it does not have on this connection. */
  let noDatabase: string | undefined;
  const returns: ((client: Client) => Promise<void>)[] = [];
  let start = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const troubles = createTroubles<Notice>({ tell: notice, now: () => performance.now() });
  const refusals = createRefusals(troubles, () => performance.now());
  const deadlineFor = createDeadlines(deadlineMs);

  const patience = within(deadlineMs, started).catch(() => {});
  const keepAlive = setInterval(() => void ping(), keepAliveEveryMs).unref();
  const startLimit = setTimeout(() => state === "starting" && goDown(), 2_000).unref();
  void open();

  return {
    get state() {
      return state === "closed" ? "disabled" : state;
    },

    attempt: (operation, work, budgetMs = deadlineMs) => attempt(operation, work, budgetMs, asItIs),
    attemptThen: (operation, work, of) => attempt(operation, work, deadlineMs, of),

    onReturn: (work) => void returns.push(work),
    settleSoon() {
      unsettled = true;
      lookSoon();
    },

    async detail() {
      if (state === "starting") await patience;
      const answered = state === "up" && (await within(deadlineMs, check()).catch(() => false));
      if (state === "closed") return { status: "disabled" };
      if (!answered) return { status: "error", reason: lastError, since: since.toISOString() };
      return refusals.detail();
    },

    async ready(ms) {
      await within(ms, started).catch(() => {});
      return state === "up";
    },

    async close() {
      state = "closed";
      start();
      clearInterval(keepAlive);
      clearTimeout(look);
      clearTimeout(startLimit);
      troubles.close();
      await within(deadlineMs, client?.status === "ready" ? client.quit() : Promise.reject()).catch(() => {});
      client?.disconnect();
    },
  };

  function attempt<Value, Result>(
    operation: Operation,
    work: (client: Client) => Promise<Value>,
    budgetMs: number,
    of: (result: RedisResult<Value>) => Result,
  ): Promise<Result> {
    if (state === "starting") return afterStart(operation, work, budgetMs, of);
    const ready = client;
    if (state !== "up" || ready?.status !== "ready" || budgetMs <= 0 || refusals.has(operation)) {
      return Promise.resolve(of(unreached));
    }
    return run(ready, operation, work, budgetMs, of);
  }

  async function afterStart<Value, Result>(
    operation: Operation,
    work: (client: Client) => Promise<Value>,
    budgetMs: number,
    of: (result: RedisResult<Value>) => Result,
  ): Promise<Result> {
    const begun = performance.now();
    await patience;
    const left = budgetMs - (performance.now() - begun);
    const ready = client;
    if (state !== "up" || ready?.status !== "ready" || left <= 0 || refusals.has(operation)) return of(unreached);
    return run(ready, operation, work, left, of);
  }

  function run<Value, Result>(
    ready: Client,
    operation: Operation,
    work: (client: Client) => Promise<Value>,
    budgetMs: number,
    of: (result: RedisResult<Value>) => Result,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      // A deadline that was used up elsewhere is no evidence against Redis.
      const missed = () => {
        if (budgetMs > deadlineMs / 2) outage(`no answer within ${Math.round(budgetMs)} ms`);
        resolve(of(unreached));
      };
      const timer = budgetMs === deadlineMs ? undefined : setTimeout(missed, budgetMs);
      const deadline = timer === undefined ? deadlineFor(missed) : { met: () => clearTimeout(timer) };
      const failed = (error: unknown) => {
        deadline.met();
        const outcome = outcomeOf(error);
        switch (outcome.kind) {
          case "ours":
            return reject(error);
          case "value":
            outages = 0;
            return resolve(of({ reached: false, refusedValue: outcome.said }));
          case "refusal":
            outages = 0;
            if (refusals.met(operation, outcome.refusal)) {
              lookAfterMs = lookEveryMs.first;
              void check();
            } else lookSoon();
            return resolve(of(unreached));
          default:
            outage(outcome.said);
            return resolve(of(unreached));
        }
      };
      try {
        work(ready).then((value) => {
          deadline.met();
          outages = 0;
          resolve(of({ reached: true, value }));
        }, failed);
      } catch (error) {
        failed(error);
      }
    });
  }

  function outage(said: string): void {
    lastError = said;
    outages += 1;
    if (outages < outagesToGiveUp || state !== "up") return;
    goDown();
    // Late answers on this connection must not be taken for answers to later commands.
    client?.disconnect(true);
  }

  async function open(): Promise<void> {
    try {
      if (!url) throw new Error(wrong);
      const opened = await openClient(url, "brandvx");
      client = opened;
      // Without a listener ioredis prints every failed reconnect.
      opened.on("error", (error) => {
        lastError = reasonOf(error);
        if (isOfDatabase(error)) noDatabase = lastError;
      });
      opened.on("connect", () => {
        noDatabase = undefined;
      });
      opened.on("ready", () => {
        reconnecting = false;
        if (noDatabase === undefined) return void check();
        lastError = noDatabase;
        goDown();
      });
      opened.on("close", () => {
        if (reconnecting) return;
        if (state === "up") lastError = "the connection was closed";
        goDown();
      });
      if (state === "closed") opened.disconnect();
    } catch (error) {
      lastError = reasonOf(error);
      goDown();
    }
  }

  function goDown(): void {
    if (state === "down" || state === "closed") return;
    state = "down";
    since = new Date();
    reconnecting = false;
    clearTimeout(startLimit);
    start();
    lookAfterMs = lookEveryMs.first;
    lookSoon();
    troubles.begin("away", { kind: "redis-down", message: `Redis is unavailable (${lastError}). ${fallback}` });
  }

  function goUp(): void {
    if (state === "closed") return;
    state = "up";
    outages = 0;
    clearTimeout(startLimit);
    start();
    troubles.end("away", (seconds) => ({
      kind: "redis-up",
      message: `Redis is back after ${seconds} s and is used again.`,
    }));
  }

  function lookSoon(): void {
    if (state === "closed" || look) return;
    look = setTimeout(async () => {
      look = undefined;
      lookAfterMs = Math.min(lookEveryMs.last, lookAfterMs * 2);
      if (state !== "up") lookAfterMs = lookEveryMs.first;
      reconnectIfReadOnly();
      await check();
      if (state !== "up" || unsettled || outages > 0 || refusals.any) lookSoon();
    }, lookAfterMs).unref();
  }

  /** Runs one check at a time; concurrent callers share it. Returns whether Redis answered; throws nothing. */
  function check(): Promise<boolean> {
    checking ??= checkNow().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  async function checkNow(): Promise<boolean> {
    const ready = client;
    // ioredis goes on in database 0, whose keys are another app's.
    if (ready?.status !== "ready" || noDatabase !== undefined) return false;
    try {
      const found: Refusals = await within(deadlineMs, checkOperations(ready));
      const refusal = found.get("read");
      if (state !== "up" && refusal && found.has("write") && found.has("script")) {
        // Redis answers but refuses work: it is loading data, needs a password, or its quota is used up.
        lastError = refusal.said;
        goDown();
        return true;
      }
      refusals.found(found);
      // Redis has outdated values until they can be deleted or rewritten.
      if (!refusals.has("write") && !refusals.has("delete")) {
        if (state !== "up" || unsettled) {
          unsettled = false;
          for (const work of returns) await within(2_000, work(ready));
        }
      }
      if (ready.status === "ready") goUp();
      if (refusals.any) lookSoon();
      return true;
    } catch (error) {
      lastError = reasonOf(error);
      if (state === "up") {
        outage(lastError);
        since = new Date();
      }
      lookSoon();
      return false;
    }
  }

  function reconnectIfReadOnly(): void {
    if (state !== "up" || !refusals.said("READONLY") || performance.now() - reconnectedAt < reconnectEveryMs) return;
    reconnectedAt = performance.now();
    reconnecting = true;
    setTimeout(() => reconnecting && goDown(), 2_000).unref();
    client?.disconnect(true);
  }

  async function ping(): Promise<void> {
    if (state === "up" && client)
      await run(client, "read", (redis) => redis.ping(), deadlineMs, asItIs).catch(() => {});
  }
}

const disabledLink: RedisLink = {
  state: "disabled",
  attempt: async () => unreached,
  attemptThen: async (_operation, _work, of) => of(unreached),
  onReturn: () => {},
  settleSoon: () => {},
  detail: async () => ({ status: "disabled" }),
  ready: async () => false,
  close: async () => {},
};
