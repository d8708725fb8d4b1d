import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askRedis, refusedInWords } from "../../runtime/redis/ask.ts";
import type { RedisConnection, UpstashTwinOptions } from "../twins/upstash/index.ts";
import { type Certificates, certificatesIn } from "./certificates.ts";
import { type Access, answers, end, freePort, keysByPrefix, redisServerPath, start } from "./server.ts";

/** The Redis servers of the local Upstash's databases; none if the machine has no redis-server. */
export interface LocalRedis {
  /** Whether this machine has a redis-server on PATH. */
  readonly isInstalled: boolean;
  /** Starts a database's server on its previous port. Null when it cannot be started. */
  readonly connect: NonNullable<UpstashTwinOptions["redis"]>;
  /** Certificate authority that clients must trust, as PEM; undefined before the first server. */
  authority(): string | undefined;
  /** Number of keys by prefix, for each database by name. */
  keys(): Promise<Record<string, Record<string, number>>>;
  /** Problems of each database in words, tested with the apps' own operations instead of PING. Empty: no problem. */
  troubles(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export function localRedis(folder: string): LocalRedis {
  const program = redisServerPath();
  const servers = new Map<string, { name: string; access: Access }>();
  let certificates: Promise<Certificates> | undefined;
  let authority: string | undefined;

  const started = async (id: string, password: string): Promise<Access | null> => {
    if (program === undefined) return null;
    certificates ??= certificatesIn(folder);
    const pems = await certificates;
    authority = pems.authority;
    const before = { port: portOf(folder, id), password, authority };
    // A server left running by a killed process can be reused.
    if (before.port !== undefined && (await answers({ ...before, port: before.port }))) {
      return { ...before, port: before.port };
    }
    for (const port of [before.port, await freePort()]) {
      if (port === undefined) continue;
      const access = { ...before, port };
      if (!(await start(program, access, pems))) continue;
      notePort(folder, id, port);
      return access;
    }
    return null;
  };

  return {
    isInstalled: program !== undefined,
    async connect({ id, name, password }): Promise<RedisConnection | null> {
      const other = servers.get(id);
      if (other) await end(other.access);
      const access = await started(id, password);
      if (access === null) return null;
      servers.set(id, { name, access });
      return { endpoint: "127.0.0.1", port: access.port, password, tls: true };
    },
    authority: () => authority,
    async keys() {
      const entries = [...servers.values()].map(
        async ({ name, access }) => [name, await keysByPrefix(access)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    },
    async troubles() {
      const asked = [...servers.values()].map(async ({ name, access: { port, password, authority } }) => {
        const url = `rediss://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
        const found = await askRedis(url, { authority, timeoutMs: 1_000 });
        if (typeof found === "string") return `${name} cannot be reached (${found})`;
        return found.size > 0 ? `${name} refuses ${refusedInWords(found)}` : "";
      });
      return (await Promise.all(asked)).filter(Boolean);
    },
    async stop() {
      await Promise.all([...servers.values()].map(({ access }) => end(access)));
      servers.clear();
    },
  };
}

/** Stores the ports: a database's address is in the apps' variables, so it must stay the same across starts. */
const portFile = (folder: string, id: string): string => join(folder, `${id}.port`);

const notePort = (folder: string, id: string, port: number): void => writeFileSync(portFile(folder, id), String(port));

function portOf(folder: string, id: string): number | undefined {
  try {
    return Number(readFileSync(portFile(folder, id), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
