import { readdirSync, readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { cloudStack } from "../../support/cloud.ts";
import { obs } from "./obs.ts";

const launcher = fileURLToPath(new URL("../../../src/operate/obs.mjs", import.meta.url));

/** Processes that work in a folder. */
const processesIn = (folder: string): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });

test.skipIf(process.platform !== "linux")(
  "a mistyped stack is suggested, a refused key is breakage, and Ctrl-C leaves nothing behind",
  async () => {
    await using at = await cloudStack();
    const { stack, cloud } = at;
    expect((await obs(stack, "preview", "--stack", "tset")).stderr).toContain("did you mean test?");

    expect((await stack.up()).exitCode).toBe(0);
    const forget = cloud.posthog.faults.add({ match: {}, times: "always", effect: { kind: "status", status: 401 } });
    const refused = await obs(stack, "drift", "--stack", "test");
    expect(refused.exitCode, "drift is 7, breakage is 1").toBe(1);
    forget();

    cloud.posthog.faults.add({ match: {}, times: "always", effect: { kind: "slow", delayMs: 20_000 } });
    const mark = cloud.posthog.requests.mark();
    const running = execa(launcher, ["drift", "--stack", "test"], {
      ...{ cwd: stack.folder, env: { ...stack.env }, extendEnv: false, reject: false, stdin: "ignore" },
      forceKillAfterDelay: false,
    });
    await expect.poll(() => cloud.posthog.requests.since(mark).length, { timeout: 60_000 }).toBeGreaterThan(0);
    running.kill("SIGTERM");
    expect((await running).exitCode).toBe(130);
    await expect.poll(() => processesIn(stack.folder), { timeout: 30_000 }).toEqual([]);
  },
);
