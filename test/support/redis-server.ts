import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

/** A separate redis-server for a test, on 127.0.0.1, without files. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Stops it from answering while its connections stay open (SIGSTOP), and lets it continue. */
  pause(): void;
  resume(): void;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
}

const install = "install it: apt-get install redis-server (Debian, Ubuntu), brew install redis (macOS)";

/** The path of redis-server on PATH; undefined when there is none. */
export const redisServerPath = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "redis-server"))
  .find((file) => existsSync(file));

if (!redisServerPath) {
  if (process.env.CI === "true") throw new Error(`redis-server is not on PATH; ${install}`);
  console.warn(`Tests against a real Redis are skipped: redis-server is not on PATH; ${install}`);
}

/** Servers whose test is not over: they end with the process in any case. */
const running = new Set<{ kill(): Promise<void> }>();
process.once("exit", () => {
  for (const server of running) void server.kill();
});

/** Starts a redis-server, and ends it at the end of the test or file that started it. */
export async function startRedisServer(onEnd: (end: () => Promise<void>) => void): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;

  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    async kill() {
      const ending = child;
      child = undefined;
      if (!ending || ending.exitCode !== null) return;
      const ended = once(ending, "exit");
      ending.kill("SIGKILL");
      await ended;
    },
    async start() {
      if (!redisServerPath) throw new Error(`redis-server is not on PATH; ${install}`);
      const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
      const started = spawn(redisServerPath, options, { stdio: ["ignore", "pipe", "inherit"] });
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.once("error", reject);
        started.once("exit", (code) => reject(new Error(`redis-server ended with ${code} before it was ready`)));
        let said = "";
        started.stdout.on("data", (data) => {
          said += data;
          if (said.includes("Ready to accept connections")) resolve();
        });
      });
    },
  };
  onEnd(async () => {
    running.delete(server);
    await server.kill();
  });
  running.add(server);
  await server.start();
  return server;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address === "string" || !address) throw new Error("no port");
  return address.port;
}
