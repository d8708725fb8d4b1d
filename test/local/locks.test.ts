import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { isLeftLocked } from "../../src/local/locks.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** Whether the stack counts as left locked when these owners hold its locks. */
function isLeft(...owners: unknown[]): boolean {
  using state = temporaryFolder("locks");
  const folder = join(state.path, ".pulumi", "locks", "organization", "brandvx-observability", "local");
  mkdirSync(folder, { recursive: true });
  owners.forEach((owner, index) => {
    writeFileSync(join(folder, `${index}.json`), typeof owner === "string" ? owner : JSON.stringify(owner));
  });
  return isLeftLocked(state.path, "brandvx-observability/local");
}

const living = { pid: process.pid, hostname: hostname(), username: "ada" };

async function ended(): Promise<typeof living> {
  const { stdout } = await execa(process.execPath, ["-p", "process.pid"]);
  return { ...living, pid: Number(stdout) };
}

test("the lock of a process that was killed is left over", async () => {
  expect(isLeft(await ended())).toBe(true);
});

test("a lock of a living process is its own, whatever stands beside it", async () => {
  expect(isLeft(living)).toBe(false);
  expect(isLeft(await ended(), living)).toBe(false);
});

test("a lock of another machine, or one that cannot be read, is left alone", async () => {
  expect(isLeft({ ...(await ended()), hostname: "another-machine" })).toBe(false);
  expect(isLeft("{")).toBe(false);
});

test("a stack without a lock, or without a state, is not locked", () => {
  using nothing = temporaryFolder("nothing");
  expect(isLeft()).toBe(false);
  expect(isLeftLocked(nothing.path, "brandvx-observability/local")).toBe(false);
});
