import { Redis } from "ioredis";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { startTcpProxy } from "../../support/tcp-proxy.ts";

type OnEnd = (end: () => Promise<void>) => void;

/** A Redis that answers PING and refuses needed commands: `harm` makes it refuse, `heal` restores it. */
export interface RefusingServer {
  readonly url: string;
  harm(): Promise<void>;
  heal(): Promise<void>;
}

export interface RefusingKind {
  readonly name: string;
  /** The server's error code, as in `redis_detail`. */
  readonly word: string;
  /** Which of the four probed abilities are refused. */
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

/**
 * A server in front of a real one. It passes on PING and the commands that open a connection, and answers all others
 * with this line; or, where it refuses only writes, the writing ones.
 */
const answering =
  (line: string, refusesReading: boolean) =>
  async (onEnd: OnEnd): Promise<RefusingServer> => {
    const server = await startRedisServer(onEnd);
    let refuses = false;
    // The real server produces the error, so that its answers keep their order.
    const parts = ["EVAL", "return redis.error_reply(ARGV[1])", "0", line];
    const refused = `*${parts.length}\r\n${parts.map((part) => `$${part.length}\r\n${part}\r\n`).join("")}`;
    const taken = refusesReading ? /^(?:ping|info|hello|client|auth)$/i : /^(?:ping|info|hello|client|auth|get|mget)$/i;
    const { port } = await startTcpProxy(server.port, onEnd, {
      asked(data, _client, upstream) {
        if (!refuses) return void upstream.write(data);
        // Commands begin with the number of their parts.
        for (const command of data.toString("latin1").split(/(?=^\*\d+\r\n\$\d+\r\n[a-z])/im)) {
          const name = /^\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/i.exec(command)?.[1] ?? "";
          if (taken.test(name)) upstream.write(command, "latin1");
          else upstream.write(refused);
        }
      },
      answered: (data, client) => void client.write(data),
    });
    return {
      url: `redis://127.0.0.1:${port}`,
      async harm() {
        refuses = true;
      },
      async heal() {
        refuses = false;
      },
    };
  };

const all = ["read", "write", "script", "delete"];
const writing = ["write", "script", "delete"];

/** The error lines with which servers and services refuse, in their own words. */
export const refusingLines: readonly { line: string; word: string; refused: readonly string[] }[] = [
  { line: "READONLY You can't write against a read only replica.", word: "READONLY", refused: writing },
  { line: "OOM command not allowed when used memory > 'maxmemory'.", word: "OOM", refused: writing },
  {
    line: "NOPERM this user has no permissions to run the 'set' command or its subcommand",
    word: "NOPERM",
    refused: writing,
  },
  { line: "LOADING Redis is loading the dataset in memory", word: "LOADING", refused: all },
  { line: "BUSY Redis is busy running a script. You can only call SCRIPT KILL.", word: "BUSY", refused: all },
  {
    line: "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    word: "MASTERDOWN",
    refused: all,
  },
  { line: "NOREPLICAS Not enough good replicas to write.", word: "NOREPLICAS", refused: writing },
  { line: "MISCONF Redis is configured to save RDB snapshots, but cannot.", word: "MISCONF", refused: writing },
  { line: "CLUSTERDOWN The cluster is down", word: "CLUSTERDOWN", refused: all },
  { line: "NOAUTH Authentication required.", word: "NOAUTH", refused: all },
  { line: "WRONGPASS invalid or missing auth token", word: "WRONGPASS", refused: all },
  { line: "ERR max number of clients reached", word: "maxclients", refused: all },
  { line: "ERR max concurrent connections exceeded", word: "maxclients", refused: all },
  { line: "ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.", word: "quota", refused: all },
  { line: "ERR max requests limit exceeded. Limit: 500000, Usage: 500001.", word: "quota", refused: all },
  { line: "ERR Exceeded max commands per second limit", word: "quota", refused: all },
  {
    line: "ERR DB capacity quota exceeded. Threshold: 268435456 bytes, Usage: 274604636 bytes.",
    word: "quota",
    refused: writing,
  },
];

/** A server that answers with this line. */
export const kindOfLine = ({ line, word, refused }: (typeof refusingLines)[number]): RefusingKind => ({
  name: line,
  word,
  refused,
  open: answering(line, refused.includes("read")),
});

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
    refused: writing,
    open: withRights(["~*", "&*", "+@all", "-@write"]),
  },
  {
    name: "a read-only replica",
    word: "READONLY",
    refused: writing,
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
  {
    name: "over its allowance",
    word: "quota",
    refused: all,
    open: answering("ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.", true),
  },
];
