import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { endWithUs } from "../ends-with-us.ts";
import { programEnvironment } from "../program-environment.ts";
import type { AppThread } from "./app-thread.ts";
import { isBackendDeed } from "./story/story.ts";

export interface PythonBackendOptions {
  /** The Python of python/.venv. */
  readonly python: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Certificate authority of the local Redis, as PEM. */
  readonly redisAuthority?: string | undefined;
}

/** Maximum time for the service to start on a busy machine, and to send queued events before it ends. */
const startMs = 60_000;
const endMs = 20_000;

/**
 * The backend as a real FastAPI service with the Python package, on a port of its own.
 * @param notice called with each line that it prints
 */
export async function startPythonBackend(
  { python, env, redisAuthority }: PythonBackendOptions,
  notice: (line: string) => void,
): Promise<AppThread> {
  const folder = mkdtempSync(join(tmpdir(), "brandvx-backend-"));
  const port = await freePort();
  const authority = join(folder, "authority.pem");
  if (redisAuthority) writeFileSync(authority, redisAuthority);
  const variables = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const program = endWithUs(
    execa(python, ["-m", "uvicorn", "backend:app", "--host", "127.0.0.1", "--port", String(port), "--no-access-log"], {
      ...{
        cwd: fileURLToPath(new URL("apps", import.meta.url)),
        stdin: "ignore",
        reject: false,
        lines: true,
        all: true,
      },
      env: {
        ...programEnvironment(),
        ...Object.fromEntries(variables),
        PYTHONDONTWRITEBYTECODE: "1",
        ...(redisAuthority && { SSL_CERT_FILE: authority }),
      },
      extendEnv: false,
    } as const),
  );
  program.all.setEncoding("utf8").on("data", (text: string) => {
    // Leaves out uvicorn's messages about its own start and end.
    for (const line of text.trimEnd().split("\n")) {
      if (line.startsWith("INFO:")) continue;
      hasSaid = true;
      notice(line);
    }
  });
  let hasSaid = false;
  const address = `http://127.0.0.1:${port}`;
  let ended = false;
  const exit = program.then(({ exitCode }) => {
    ended = true;
    rmSync(folder, { recursive: true, force: true });
    return exitCode;
  });
  await answers();

  return {
    async play(deeds) {
      const body = JSON.stringify(deeds.filter(isBackendDeed));
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${address}/deeds`, { method: "POST", body, headers });
      if (!response.ok) throw new Error(`the backend answers ${response.status}`);
    },
    async health() {
      const response = await fetch(`${address}/health`);
      return (await response.json()) as object;
    },
    async end() {
      if (ended) return;
      program.kill("SIGTERM");
      await Promise.race([exit, wait(endMs, undefined, { ref: false })]);
      if (!ended) program.kill("SIGKILL");
      await exit;
    },
    async kill() {
      program.kill("SIGKILL");
      await exit;
    },
  };

  async function answers(): Promise<void> {
    const deadline = Date.now() + startMs;
    while (!ended && Date.now() < deadline) {
      const answer = await fetch(`${address}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await wait(50);
    }
    program.kill("SIGKILL");
    const what = ended ? "ended at once" : `did not answer within ${startMs / 1000} s`;
    throw new Error(`the backend ${what}${hasSaid ? ": what it printed stands above" : ", and printed nothing"}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
