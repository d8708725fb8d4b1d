/**
 * The rehearsal, part 3: failures, and that nothing is lost. A kill in the middle, replacements, a lost state, a
 * refused `destroy`, and an intended one.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { upKilled } from "../../support/killed.ts";
import { inShell } from "../../support/shell.ts";
import { standing } from "../../support/standing.ts";
import { deployed, type Production } from "./world.ts";

let at: Production;
let others: unknown;
beforeAll(async () => {
  at = await deployed();
  others = await at.othersThings();
});
afterAll(() => at?.[Symbol.asyncDispose]());

interface State {
  urn: string;
  type: string;
  protect?: boolean;
}
const resources = async (): Promise<State[]> => JSON.parse(await at.stack.state()).deployment.resources as State[];

async function expectAsBefore(before: Record<string, unknown>): Promise<void> {
  expect(await standing(at.cloud)).toEqual(before);
  expect(await at.othersThings()).toEqual(others);
  const refreshed = await at.stack.refreshPreview();
  expect(refreshed.exitCode, refreshed.text).toBe(0);
  const planned = await at.stack.pulumi("preview", "--expect-no-changes");
  expect(planned.exitCode, planned.text).toBe(0);
}

test("an up that is killed in the middle is finished by the next one, and nothing is there twice", async () => {
  at.stack.edit("dashboards/ai-engagement.ts", (text) => text.replace('title: "AI engagement"', 'title: "AskVX"'));
  const forget = at.cloud.posthog.faults.add({
    ...{ match: { method: "PATCH", path: /dashboards/ }, times: "always", effect: { kind: "slow", delayMs: 60_000 } },
  });
  const mark = at.cloud.posthog.requests.mark();
  await upKilled(at.stack, "engine", () =>
    at.cloud.posthog.requests.since(mark).some(({ method, path }) => method === "PATCH" && /dashboards/.test(path)),
  );
  forget();
  const cancelled = await at.stack.pulumi("cancel", "--yes");
  expect(cancelled.exitCode, cancelled.text).toBe(0);
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
  const cleared = await at.stack.pulumi(
    "refresh",
    "--yes",
    "--skip-preview",
    "--clear-pending-creates",
    "--run-program",
  );
  expect(cleared.exitCode, cleared.text).toBe(0);
  const names = at.cloud.posthog.live().dashboards.map(({ name }) => name);
  expect(names.toSorted()).toEqual(["Activation funnel", "AskVX", "Cadence throughput", "Sales"]);
  await expectAsBefore(await standing(at.cloud));
});

test("everything that may be replaced is as it was after it, and what is protected is not replaced", async () => {
  const before = await standing(at.cloud);
  const all = (await resources()).filter(({ type }) => type.includes("dynamic/") || /^(sentry|upstash):/.test(type));
  const guarded = all.filter(({ protect }) => protect);
  expect(guarded.map(({ type }) => type.split(":").at(-1)).toSorted()).toEqual([
    "RedisDatabase",
    "SentryProject",
    "SentryProject",
  ]);
  for (const { urn } of guarded) {
    const refused = await at.stack.up("--replace", urn);
    expect(refused.exitCode, refused.text).not.toBe(0);
    expect(refused.text).toContain("protect");
  }
  const own = all.filter(({ type }) => type.includes("dynamic/"));
  const replaced = await at.stack.up(...own.flatMap(({ urn }) => ["--replace", urn]));
  expect(replaced.exitCode, replaced.text).toBe(0);
  expect(replaced.text).toMatch(new RegExp(`${own.length} replaced`));
  await expectAsBefore(before);
});

test("a destroy is refused before anything is deleted", async () => {
  const before = await standing(at.cloud);
  const refused = await at.stack.pulumi("destroy", "--yes", "--run-program");
  expect(refused.exitCode).not.toBe(0);
  expect(refused.text).toContain("it is protected");
  expect(await standing(at.cloud)).toEqual(before);
});

test("a state that is lost is made again from what is live, and nothing is there twice", async () => {
  const before = await standing(at.cloud);
  const state = fileURLToPath(new URL(at.stack.env.PULUMI_BACKEND_URL?.replace(/\?.*/, "") ?? ""));
  rmSync(join(state, ".pulumi"), { recursive: true });
  const made = await at.stack.pulumi("stack", "init", "production");
  expect(made.exitCode, made.text).toBe(0);
  const seen = await at.stack.pulumi("preview");
  expect(seen.exitCode, "what exists is told before anything is made").not.toBe(0);
  expect(seen.text).not.toContain("    at ");
  for (const what of ["sentry", "redis"]) {
    const { exitCode, text } = await inShell(at.stack, `npx obs import ${what} --stack production`);
    expect(exitCode, text).toBe(0);
  }
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
  expect(await standing(at.cloud)).toEqual(before);
  // Adopted resources would never be changed from here again, so the settings are removed: the stack owns what it created.
  for (const key of ["sentryExisting", "redis.existing"]) {
    const removed = await at.stack.pulumi("config", "rm", "--path", key);
    expect(removed.exitCode, removed.text).toBe(0);
  }
  const own = await at.stack.up();
  expect(own.exitCode, own.text).toBe(0);
  expect(own.text).not.toMatch(/replaced|deleted/);
  await expectAsBefore(before);
});

test("a destroy that is meant deletes what is this stack's, and leaves keys and what is others'", async () => {
  const set = await at.stack.pulumi("config", "set", "protect", "false");
  expect(set.exitCode, set.text).toBe(0);
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
  const gone = await at.stack.pulumi("destroy", "--yes", "--run-program");
  expect(gone.exitCode, gone.text).toBe(0);
  const { dashboards, insights, alerts } = at.cloud.posthog.live();
  expect(dashboards.map(({ name }) => name)).toEqual(["Sales"]);
  expect(insights.map(({ name }) => name)).toEqual(["Visits"]);
  expect(alerts).toEqual([]);
  expect(Object.keys(at.cloud.render.variables(localAccount.render.serviceId) ?? {}).toSorted()).toEqual([
    "DATABASE_URL",
    "PORT",
  ]);
  expect(Object.keys(at.cloud.cloudflare.variables("operator-ui") ?? {})).toEqual(["API_URL"]);
  const databases = (await byHand(at.cloud).upstash("GET", "databases")) as { database_name: string }[];
  expect(databases.map(({ database_name }) => database_name)).toEqual(["sessions"]);
  expect(await at.othersThings()).toEqual(others);
});
