import { Redis } from "ioredis";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { startTcpProxy } from "../../support/tcp-proxy.ts";

type OnEnd = (end: () => Promise<void>) => void;

/** A Redis that answers PING and refuses what is needed: made so by `harm`, and as it was again by `heal`. */
export interface RefusingServer {
  readonly url: string;
  harm(): Promise<void>;
  heal(): Promise<void>;
}

export interface RefusingKind {
  readonly name: string;
  /** The server's own word, as `redis_detail` has it. */
  readonly word: string;
  /** What is refused, of the four that are looked for. */
  readonly refused: readonly string[];
  open(onEnd: OnEnd): Promise<RefusingServer>;
}

const admin = (server: RedisServer, onEnd: OnEnd): Redis => {
  const client = new Redis(server.url, { protocol: 2 });
  onEnd(async () => client.disconnect());
  return client;
};

const configured =
  (harm: [string, string][], heal: [string, string][]) =>
  async (onEnd: OnEnd): Promise<RefusingServer> => {
    const server = await startRedisServer(onEnd);
    const client = admin(server, onEnd);
    const set = async (settings: [string, string][]) => {
      for (const [name, value] of settings) await client.config("SET", name, value);
    };
    return { url: server.url, harm: () => set(harm), heal: () => set(heal) };
  };

const withRights =
  (rights: readonly string[]) =>
  async (onEnd: OnEnd): Promise<RefusingServer> => {
    const server = await startRedisServer(onEnd);
    const client = admin(server, onEnd);
    const user = (some: readonly string[]) =>
      client.call("ACL", "SETUSER", "app", "reset", "on", ">s3cret-pass", ...some);
    await user(["~*", "&*", "+@all"]);
    return {
      url: server.url.replace("//", "//app:s3cret-pass@"),
      harm: async () => void (await user(rights)),
      heal: async () => void (await user(["~*", "&*", "+@all"])),
    };
  };

/** A service whose allowance is used up: it answers PING and what opens a connection, and refuses all else. */
async function withQuota(onEnd: OnEnd): Promise<RefusingServer> {
  const server = await startRedisServer(onEnd);
  let usedUp = false;
  const { port } = await startTcpProxy(server.port, onEnd, {
    asked(data, client, upstream) {
      if (!usedUp) return void upstream.write(data);
      // One refusal for each command: they begin with the number of their parts.
      for (const command of data.toString("latin1").split(/(?=^\*\d+\r\n)/m)) {
        if (/^\*\d+\r\n\$\d+\r\n(?:ping|info|hello|client|auth)\r\n/i.test(command)) upstream.write(command, "latin1");
        else client.write("-ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.\r\n");
      }
    },
    answered: (data, client) => void client.write(data),
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async harm() {
      usedUp = true;
    },
    async heal() {
      usedUp = false;
    },
  };
}

export const refusingKinds: readonly RefusingKind[] = [
  {
    name: "full, and evicts nothing",
    word: "OOM",
    refused: ["write", "script"],
    open: configured(
      [
        ["maxmemory-policy", "noeviction"],
        ["maxmemory", "1"],
      ],
      [["maxmemory", "0"]],
    ),
  },
  {
    name: "without the right to run scripts",
    word: "NOPERM",
    refused: ["script"],
    open: withRights(["~*", "&*", "+@all", "-@scripting"]),
  },
  {
    name: "read by a user who may not write",
    word: "NOPERM",
    refused: ["write", "script", "delete"],
    open: withRights(["~*", "&*", "+@all", "-@write"]),
  },
  {
    name: "a read-only replica",
    word: "READONLY",
    refused: ["write", "script", "delete"],
    async open(onEnd) {
      const primary = await startRedisServer(onEnd);
      const server = await startRedisServer(onEnd);
      const client = admin(server, onEnd);
      return {
        url: server.url,
        async harm() {
          await client.call("REPLICAOF", "127.0.0.1", String(primary.port));
        },
        async heal() {
          await client.call("REPLICAOF", "NO", "ONE");
        },
      };
    },
  },
  { name: "over its allowance", word: "quota", refused: ["read", "write", "script", "delete"], open: withQuota },
];
