import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { Stay } from "../../../src/local/one-at-a-time.ts";
import { claimOrJoin } from "../../../src/operate/stack/local.ts";
import { temporaryFolder } from "../../support/temporary.ts";

/** A local cloud that another process owns, which ends when it is told to. */
function taken(stay: Stay) {
  const folder = temporaryFolder("brandvx-claim-");
  const other = execa(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { reject: false });
  writeFileSync(join(folder.path, "process"), `${other.pid} ${stay}`);
  const interruption = new AbortController();
  const told: string[] = [];
  const end = async (): Promise<void> => {
    other.kill("SIGKILL");
    await other;
  };
  return {
    ...{ told, interruption, end },
    claim: () =>
      claimOrJoin(folder.path, { signal: interruption.signal, progress: (line: string) => void told.push(line) }),
    async [Symbol.asyncDispose]() {
      await end();
      folder[Symbol.dispose]();
    },
  };
}

describe("a command on the local cloud", () => {
  test("joins the one that npm start keeps running", async () => {
    await using cloud = taken("serving");
    expect(await cloud.claim()).toBeUndefined();
    expect(cloud.told).toEqual([]);
  });

  test("waits for another command, whose cloud ends with it, and says so once", async () => {
    await using cloud = taken("one command");
    const claim = cloud.claim();
    await expect.poll(() => cloud.told).toEqual([expect.stringMatching(/Another command .* waiting for it/)]);
    await cloud.end();
    const release = await claim;
    expect(release).toBeTypeOf("function");
    release?.();
    expect(cloud.told).toHaveLength(1);
  });

  test("waits no longer upon Ctrl-C", async () => {
    await using cloud = taken("one command");
    const claim = cloud.claim();
    cloud.interruption.abort();
    await expect(claim).rejects.toThrow("aborted");
  });
});
