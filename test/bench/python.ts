import { join } from "node:path";
import { execa } from "execa";
import { ensurePython, pythonFolder } from "../../src/local/python.ts";
import { redisServerPath, startRedisServer } from "../support/redis-server.ts";

/** Compares the Python package with the libraries that it uses. */
export async function run(): Promise<{ name: string; value: number; unit: string }[]> {
  const environment = await ensurePython((line) => console.error(line));
  if ("missing" in environment) throw new Error(`the Python package cannot be measured: ${environment.missing}`);
  const ends: (() => Promise<void>)[] = [];
  try {
    const redis = redisServerPath ? await startRedisServer((end) => void ends.push(end)) : undefined;
    const { stdout } = await execa(environment.python, [join("tests", "bench.py"), ...(redis ? [redis.url] : [])], {
      ...{ cwd: pythonFolder, stdin: "ignore" },
    } as const);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]");
  } finally {
    for (const end of ends) await end();
  }
}
