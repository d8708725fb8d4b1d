import { Redis } from "ioredis";
import { createStateStore, type StateStore, type StateStoreOptions } from "../../../src/runtime/redis/state-store.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";

/** A state store to test with the conformance suite, and control over its time. */
export interface Subject {
  readonly store: StateStore;
  /** The store of another process; absent where processes do not share. */
  readonly other?: StateStore;
  /** Writes without the helpers, as another program would. Absent where nobody else can. */
  readonly write?: (key: string, text: string) => Promise<void>;
  /** Advances the time without waiting. */
  pass(ms: number): Promise<void>;
}

export type OpenSubject = (onEnd: (end: () => Promise<void>) => void) => Promise<Subject>;

export interface SubjectKind {
  readonly name: string;
  readonly available: boolean;
  /** Reasons that a limit gives here. */
  readonly reasons: { readonly yes: string; readonly no: string };
  readonly open: OpenSubject;
}

const quiet: StateStoreOptions = { notice: () => {} };

const memory: SubjectKind = {
  name: "in memory",
  available: true,
  reasons: { yes: "within_limit", no: "limit_reached" },
  async open(onEnd) {
    let time = 1_800_000_000_000;
    const store = createStateStore({ ...quiet, now: () => time });
    onEnd(() => store.close());
    return {
      store,
      async pass(ms) {
        time += ms;
      },
    };
  },
};

const redis: SubjectKind = {
  name: "in a real Redis",
  available: redisServerPath !== undefined,
  reasons: { yes: "within_limit", no: "limit_reached" },
  async open(onEnd) {
    const server = await startRedisServer(onEnd);
    const store = createStateStore({ ...quiet, url: server.url, deadlineMs: 2_000 });
    const other = createStateStore({ ...quiet, url: server.url, deadlineMs: 2_000 });
    const client = new Redis(server.url);
    onEnd(async () => {
      client.disconnect();
      await Promise.all([store.close(), other.close()]);
    });
    await Promise.all([store.ready(5_000), other.ready(5_000)]);
    return {
      store,
      other,
      write: async (key, text) => void (await client.set(key, text)),
      // Moves every expiry closer to now, which has the same effect as a later now.
      async pass(ms) {
        for (const key of await client.keys("*")) {
          const left = await client.pttl(key);
          if (left >= 0) await client.pexpire(key, Math.max(0, left - ms));
        }
      },
    };
  },
};

const away: SubjectKind = {
  name: "in memory while Redis is away",
  available: true,
  reasons: { yes: "redis_down_local", no: "redis_down_local_limit_reached" },
  async open(onEnd) {
    let time = 1_800_000_000_000;
    // Port 1 on this machine: refused at once.
    const store = createStateStore({ ...quiet, url: "redis://127.0.0.1:1", now: () => time });
    onEnd(() => store.close());
    await store.ready(5_000);
    return {
      store,
      async pass(ms) {
        time += ms;
      },
    };
  },
};

export const subjectKinds: readonly SubjectKind[] = [memory, redis, away];
