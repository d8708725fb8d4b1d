import { randomUUID } from "node:crypto";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SentryReleases } from "../../../src/operate/access/releases.ts";
import { markRelease, type ReleaseToMark } from "../../../src/operate/release/mark.ts";
import { systemClock } from "../../../src/resources/kernel/clock.ts";
import { type Deployed, deployed } from "../support/deployed.ts";
import type { MarkingTask } from "./marking-process.ts";

let at: Deployed;
beforeAll(async () => {
  at = await deployed();
});
afterAll(async () => at[Symbol.asyncDispose]());

const releaseOf = (version: string): ReleaseToMark => ({
  ...{ version, project: "operator-ui", environment: "production", commit: "3f2a9c1", url: undefined },
  commits: [{ id: "3f2a9c1", repository: "brandvx/operator-ui", message: "Seats" }],
});

const program = new URL("marking-process.ts", import.meta.url).pathname;

/** A real process that marks the release. */
const begun = (version: string, killBefore?: number) =>
  execa("node", ["--disable-warning=ExperimentalWarning", program], {
    input: JSON.stringify({ access: at.access, release: releaseOf(version), killBefore } satisfies MarkingTask),
    reject: false,
  });

/** What stands in Sentry after one more run, which takes a lock for left after 4 seconds. */
async function afterNextRun(version: string) {
  await markRelease(releaseOf(version), {
    ...{ sentry: new SentryReleases(at.access), clock: systemClock, signal: new AbortController().signal },
    ...{ progress: () => {}, pollMs: 50, lockExpiresMs: 4_000, requestMs: 100 },
  });
  const path = `organizations/brandvx/releases/${encodeURIComponent(version)}/`;
  const [release, deploys, files] = await Promise.all([
    at.sentryApi("GET", path),
    at.sentryApi("GET", `${path}deploys/`),
    at.sentryApi("GET", `${path}files/`),
  ]);
  return { release, deploys, files };
}

const whole = {
  release: { commitCount: 1, deployCount: 1, ref: "3f2a9c1", dateReleased: expect.any(String) },
  deploys: [{ environment: "production" }],
  files: [],
};

/** A lock that is younger, of a release that is whole, stays until a run that finds it old enough. */
const endsWhole = (version: string) =>
  vi.waitFor(async () => expect(await afterNextRun(version)).toMatchObject(whole), { timeout: 30_000, interval: 500 });

test("killed before any of its calls, the next runs end with one release, one deploy and no lock", {
  timeout: 120_000,
}, async () => {
  const killed: string[] = [];
  const attempt = randomUUID();
  for (let call = 1, isOver = false; !isOver; call += 3) {
    const batch = [call, call + 1, call + 2].map(async (killBefore) => {
      const version = `operator-ui@${attempt}-${killBefore}`;
      const { signal, exitCode, stderr } = await begun(version, killBefore);
      expect(signal === "SIGKILL" || exitCode === 0, stderr).toBe(true);
      if (signal === "SIGKILL") killed.push(version);
      else isOver = true;
    });
    await Promise.all(batch);
  }
  expect(killed.length, "calls of a run").toBeGreaterThan(12);
  await Promise.all(killed.map(endsWhole));
});

describe("killed while Sentry carries a request out, the next runs end with one release, one deploy and no lock", () => {
  test.concurrent.each([
    ["the lock of the commits", "POST", /files/, 0],
    ["the commits", "PUT", /./, 0],
    ["the end of their lock", "DELETE", /files/, 0],
    ["the lock of the deploy", "POST", /files/, 1],
    ["the deploy", "POST", /deploys/, 0],
    ["the date", "PUT", /./, 1],
    ["the end of its lock", "DELETE", /files/, 1],
  ])("%s", { timeout: 60_000 }, async (_, method, path, skip) => {
    // Its own for each attempt: what an earlier one left is whole.
    const id = randomUUID();
    const version = `operator-ui@${id}`;
    const of = new RegExp(`releases/[^/]*${id}/.*${path.source === "." ? "" : path.source}`);
    at.sentry.faults.add({ match: { method, path: of }, skip, effect: { kind: "slow", delayMs: 1_500 } });
    const run = begun(version);
    const seen = () =>
      at.sentry.requests.all().filter((one) => one.method === method && one.path.search(of) >= 0).length;
    await vi.waitFor(() => expect(seen()).toBe(skip + 1), { timeout: 30_000, interval: 20 });
    run.kill("SIGKILL");
    expect((await run).signal).toBe("SIGKILL");
    await endsWhole(version);
  });
});
