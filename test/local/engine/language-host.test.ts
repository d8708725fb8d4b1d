import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test, vi } from "vitest";
import { languageHostSource } from "../../../src/local/engine/launchers.ts";
import { isAlive } from "../../../src/local/processes.ts";

/** Starts a language host as an engine does, waits until it serves, and ends without notifying it. */
const killedEngine = `
  const host = require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: ["ignore", "pipe", "ignore"] });
  host.stdout.once("data", () => { console.log(host.pid); process.kill(process.pid, "SIGKILL"); });
`;

test.skipIf(process.platform === "win32")("a language host ends with the engine that was killed", async () => {
  const source = fileURLToPath(languageHostSource);
  const { stdout } = await execa(process.execPath, ["-e", killedEngine, source, "127.0.0.1:1"], { reject: false });
  const host = Number(stdout);
  expect(host).toBeGreaterThan(0);
  await vi.waitFor(() => expect(isAlive(host)).toBe(false), { timeout: 20_000, interval: 100 });
});
