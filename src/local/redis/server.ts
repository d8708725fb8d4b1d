import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { endsWithUs } from "../ends-with-us.ts";
import { programEnvironment } from "../program-environment.ts";
import type { Certificates } from "./certificates.ts";

/** Where redis-server is on PATH; undefined where it is not. */
export function redisServerPath(): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "redis-server"))
    .find((file) => existsSync(file));
}

export interface Access {
  readonly port: number;
  readonly password: string;
  readonly authority: string;
}

/** A connection that gives up at once: whether a server is there is a question, not an error. */
function connection({ port, password, authority }: Access): Redis {
  const redis = new Redis({
    ...{ host: "127.0.0.1", port, password, tls: { ca: authority } },
    ...{ lazyConnect: true, connectTimeout: 1000, maxRetriesPerRequest: 0, retryStrategy: () => null },
  });
  redis.on("error", () => {});
  return redis;
}

/** Whether a server that knows this password answers on the port. */
export async function answers(access: Access): Promise<boolean> {
  const redis = connection(access);
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** How many keys there are, by what stands before their first `:`. */
export async function keysByPrefix(access: Access): Promise<Record<string, number>> {
  const redis = connection(access);
  try {
    await redis.connect();
    const counts: Record<string, number> = {};
    for await (const keys of redis.scanStream({ count: 500 }) as AsyncIterable<string[]>) {
      for (const key of keys) {
        const prefix = key.split(":")[0] ?? key;
        counts[prefix] = (counts[prefix] ?? 0) + 1;
      }
    }
    return counts;
  } finally {
    redis.disconnect();
  }
}

/** Ends the server, also one that an earlier process started and left behind. */
export async function end(access: Access): Promise<void> {
  const redis = connection(access);
  try {
    await redis.connect();
    await redis.shutdown("NOSAVE");
  } catch {
    // It ends without an answer, or was not there.
  } finally {
    redis.disconnect();
  }
}

/** Longest that a server takes to be ready or to say why not. */
const startsWithinMs = 5000;

/**
 * Starts a server that speaks TLS alone, as Upstash's do, and keeps nothing on disk.
 * @returns undefined where this redis-server cannot: built without TLS, or the port is taken
 */
export async function start(program: string, access: Access, certificates: Certificates): Promise<true | undefined> {
  const child = spawn(program, ["-"], { stdio: ["pipe", "pipe", "ignore"], env: programEnvironment() });
  child.once("exit", endsWithUs(child.pid));
  // By its standard input: arguments of processes can be seen by everybody on the machine.
  child.stdin.end(`
    port 0
    tls-port ${access.port}
    bind 127.0.0.1
    tls-cert-file "${certificates.certificateFile}"
    tls-key-file "${certificates.keyFile}"
    tls-ca-cert-file "${certificates.authorityFile}"
    tls-auth-clients no
    requirepass "${access.password}"
    save ""
    appendonly no
  `);
  const ready = (async () => {
    let said = "";
    for await (const text of child.stdout) {
      said += text;
      if (said.includes("Ready to accept connections")) return true as const;
    }
    return undefined;
  })();
  const failed = once(child, "error").then(() => undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, startsWithinMs, undefined).unref());
  const outcome = await Promise.race([ready, failed, late]);
  if (outcome === undefined) child.kill("SIGKILL");
  child.stdout.resume();
  child.unref();
  return outcome;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address === "string" || address === null) throw new Error("no port is free");
  return address.port;
}
