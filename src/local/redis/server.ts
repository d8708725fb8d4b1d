import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { endsWithUs } from "../ends-with-us.ts";
import { programEnvironment } from "../program-environment.ts";
import type { Certificates } from "./certificates.ts";

/** Path of redis-server; undefined when it is not on PATH. */
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

/** A connection without retries, for checking whether a server answers. */
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

/** Number of keys by prefix, the text before their first `:`. */
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

/** Stops the server, also one left running by an earlier process. */
export async function end(access: Access): Promise<void> {
  const redis = connection(access);
  try {
    await redis.connect();
    await redis.shutdown("NOSAVE");
  } catch {
    // It ends without an answer, or was not running.
  } finally {
    redis.disconnect();
  }
}

/** Maximum time for a server to be ready or to report an error. */
const startsWithinMs = 5000;

/**
 * Starts a server that accepts only TLS, like Upstash's, and stores nothing on disk.
 * @returns undefined when it cannot start: built without TLS, or the port is taken
 */
export async function start(program: string, access: Access, certificates: Certificates): Promise<true | undefined> {
  const child = spawn(program, ["-"], { stdio: ["pipe", "pipe", "ignore"], env: programEnvironment() });
  child.once("exit", endsWithUs(child.pid));
  // Configured by standard input, since everybody on the machine can see process arguments.
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
    let output = "";
    for await (const text of child.stdout) {
      output += text;
      if (output.includes("Ready to accept connections")) return true as const;
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

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address === "string" || address === null) throw new Error("no port is free");
  return address.port;
}
