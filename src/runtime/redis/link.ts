import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import { redactText } from "../shared/privacy/text.ts";
import { within } from "../shared/within.ts";
import { type Client, openClient } from "./client.ts";

/** The result of work in Redis, or that Redis could not be asked. */
export type Attempt<Value> = { readonly reached: true; readonly value: Value } | { readonly reached: false };

export type LinkState = "disabled" | "starting" | "up" | "down";

/** A change that belongs in the log: one line when Redis goes, one when it is back. */
export interface Notice {
  readonly kind: "redis-down" | "redis-up";
  readonly message: string;
}

export interface LinkOptions {
  /** `redis://` or `rediss://`; without it every attempt is answered at once that Redis is not there. */
  readonly url: string | undefined;
  /** Longest that any attempt takes. */
  readonly deadlineMs: number;
  readonly notice: (notice: Notice) => void;
}

/** The way to Redis: no attempt throws, waits longer than the deadline, or waits at all while Redis is known to be away. */
export interface RedisLink {
  readonly state: LinkState;
  attempt<Value>(work: (client: Client) => Promise<Value>, budgetMs?: number): Promise<Attempt<Value>>;
  /** Runs `work` before Redis counts as back, and again by {@link settleSoon}. If it throws, Redis stays away. */
  onReturn(work: (client: Client) => Promise<void>): void;
  settleSoon(): void;
  /** Whether Redis is up, at the latest after `ms`. */
  ready(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Failures in a row after which Redis counts as away. */
const failuresToGiveUp = 3;
const probeEveryMs = 500;
/** Redis services close connections that are silent for minutes. */
const keepAliveEveryMs = 30_000;

const unreached = { reached: false } as const;

export function createLink({ url, deadlineMs, notice }: LinkOptions): RedisLink {
  if (!url) return disabledLink;

  let state: "starting" | "up" | "down" | "closed" = "starting";
  let client: Client | undefined;
  let lastError = "no connection yet";
  let downSince = 0;
  let probing = false;
  let probes: NodeJS.Timeout | undefined;
  const returns: ((client: Client) => Promise<void>)[] = [];
  let start = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(failuresToGiveUp),
    // The probe alone asks while the breaker is open, so that no caller waits for the trial.
    halfOpenAfter: 1,
  });
  breaker.onBreak((reason) => {
    if ("error" in reason) lastError = reasonOf(reason.error);
    goDown();
    // Answers that are still owed on this connection must not be taken for those to later questions.
    client?.disconnect(true);
  });

  const patience = within(deadlineMs, started).catch(() => {});
  const keepAlive = setInterval(probe, keepAliveEveryMs).unref();
  const startLimit = setTimeout(() => state === "starting" && goDown(), 2_000).unref();
  open(url);

  return {
    get state() {
      return state === "closed" ? "disabled" : state;
    },
    async attempt(work, budgetMs = deadlineMs) {
      let left = budgetMs;
      if (state === "starting") {
        const begun = performance.now();
        await patience;
        left -= performance.now() - begun;
      }
      if (state !== "up" || !client || client.status !== "ready" || left <= 0) return unreached;
      const ready = client;
      try {
        return { reached: true, value: await breaker.execute(async () => within(left, work(ready))) };
      } catch (error) {
        lastError = reasonOf(error);
        return unreached;
      }
    },
    onReturn: (work) => void returns.push(work),
    settleSoon: startProbes,
    async ready(ms) {
      await within(ms, started).catch(() => {});
      return state === "up";
    },
    async close() {
      state = "closed";
      start();
      clearInterval(keepAlive);
      clearInterval(probes);
      clearTimeout(startLimit);
      await within(deadlineMs, client?.status === "ready" ? client.quit() : Promise.reject()).catch(() => {});
      client?.disconnect();
    },
  };

  async function open(address: string): Promise<void> {
    try {
      const opened = await openClient(address, "brandvx");
      client = opened;
      // Without a listener ioredis prints every failed reconnect.
      opened.on("error", (error) => {
        lastError = reasonOf(error);
      });
      opened.on("ready", probe);
      opened.on("close", () => {
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
    downSince = performance.now();
    clearTimeout(startLimit);
    start();
    startProbes();
    tell({
      kind: "redis-down",
      message: `Redis is unavailable (${lastError}). Cache, limits, breakers and events use this process's memory until it is back.`,
    });
  }

  function goUp(): void {
    if (state === "closed") return;
    const wasDown = state === "down";
    state = "up";
    clearTimeout(startLimit);
    clearInterval(probes);
    probes = undefined;
    start();
    const seconds = Math.round((performance.now() - downSince) / 1_000);
    if (wasDown) tell({ kind: "redis-up", message: `Redis is back after ${seconds} s and is used again.` });
  }

  /** What an app does with a notice is its own; it must not become an error here. */
  function tell(change: Notice): void {
    try {
      notice(change);
    } catch {
      // Nothing follows from it.
    }
  }

  function startProbes(): void {
    if (state !== "closed") probes ??= setInterval(probe, probeEveryMs).unref();
  }

  async function probe(): Promise<void> {
    const ready = client;
    if (probing || !ready || ready.status !== "ready") return;
    probing = true;
    try {
      await breaker.execute(async () => within(deadlineMs, ready.ping()));
      for (const work of returns) await within(2_000, work(ready));
      if (breaker.state === CircuitState.Closed && ready.status === "ready") goUp();
    } catch (error) {
      lastError = reasonOf(error);
    } finally {
      probing = false;
    }
  }
}

const disabledLink: RedisLink = {
  state: "disabled",
  attempt: async () => unreached,
  onReturn: () => {},
  settleSoon: () => {},
  ready: async () => false,
  close: async () => {},
};

/** Errors that tell of one key or command, not of Redis: they do not count towards giving up. */
const ofOneCommand = /^(?:WRONGTYPE|NOSCRIPT|ERR (?:value is not|syntax|max request size|increment|wrong number))/;

function isOutage(error: unknown): boolean {
  return !(error instanceof Error) || error.name !== "ReplyError" || !ofOneCommand.test(error.message);
}

/** An error's message, without the secrets that a URL or a command in it may have. */
function reasonOf(error: unknown): string {
  const { message, code } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error), code: "" };
  return redactText(message || code || "connection failed", 200);
}
