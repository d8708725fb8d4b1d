/**
 * The rehearsal, part 2: a production that is up. Somebody changes things by hand, and the stack restores them; an
 * app's key is rotated; a run has a wrong key of a vendor.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { inShell } from "../../support/shell.ts";
import { standing } from "../../support/standing.ts";
import { deployed, type Production, readingKeys } from "./world.ts";

let at: Production;
let others: unknown;
beforeAll(async () => {
  at = await deployed();
  others = await at.othersThings();
});
afterAll(() => at?.[Symbol.asyncDispose]());

const lookForDrift = () => at.step("drift.yml", "drift", "Look for drift, and keep its issue", readingKeys);
const openIssues = () => at.github.issues.filter(({ isPull, state }) => !isPull && state === "open");

const serverDsn = () => at.cloud.render.variables(localAccount.render.serviceId)?.SENTRY_DSN;

async function activeDsns(): Promise<string[]> {
  type Key = { isActive: boolean; dsn: { public: string } };
  const keys = (await byHand(at.cloud).sentry("GET", "projects/brandvx/backend/keys/")) as Key[];
  return keys.filter(({ isActive }) => isActive).map(({ dsn }) => dsn.public);
}

test("nothing is drift right after the deployment", async () => {
  const { exitCode, stderr, summary } = await lookForDrift();
  expect(exitCode, summary + stderr).toBe(0);
  expect(openIssues()).toEqual([]);
});

test("what is changed and deleted by hand is an issue until the printed command has healed it", async () => {
  const before = await standing(at.cloud);
  const hand = byHand(at.cloud);
  const { dashboards, alerts } = at.cloud.posthog.live();
  const dashboard = dashboards.find(({ name }) => name === "AI engagement");
  await hand.posthog("PATCH", `dashboards/${dashboard?.id}/`, { name: "Renamed by hand" });
  const failing = alerts.find(({ name }) => name === "Cadence messages fail");
  await hand.posthog("DELETE", `alerts/${failing?.id}/`);
  await hand.sentry("PUT", "projects/brandvx/backend/", { slug: "backend-renamed", name: "backend" });
  await hand.render("PUT", "env-vars/SENTRY_ENVIRONMENT", { value: "by-hand" });
  await hand.pages("PATCH", "/operator-ui", {
    deployment_configs: {
      production: { env_vars: { VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_by_hand" } } },
    },
  });

  const { exitCode, stderr, summary } = await lookForDrift();
  expect(exitCode, summary + stderr).toBe(0);
  for (const words of [
    "is titled *Renamed by hand*",
    "Alert at PostHog **Cadence messages fail**",
    "Sentry project **backend**",
    "`SENTRY_ENVIRONMENT` was changed",
    "`VITE_POSTHOG_KEY` was changed",
  ])
    expect(summary).toContain(words);
  expect(summary).not.toContain("phc_by_hand");
  expect(openIssues()).toHaveLength(1);

  const [, heal] = /^Put back everything, in the right order: `(.*)`$/m.exec(summary) ?? [];
  expect(heal, summary).toBeDefined();
  const healed = await inShell(at.stack, `${heal} --yes`);
  expect(healed.exitCode, healed.text).toBe(0);
  expect((await lookForDrift()).exitCode).toBe(0);
  expect(openIssues(), "the issue is closed").toEqual([]);
  const after = await standing(at.cloud);
  const numbers = ({ alerts: healedAlerts, ...rest }: Record<string, unknown>) => ({
    ...rest,
    alerts: (healedAlerts as { name: string }[]).map(({ name }) => name).toSorted(),
  });
  expect(numbers(after), "only the alert that was deleted has another number").toEqual(numbers(before));
  expect(await at.othersThings()).toEqual(others);
});

test("what was merged and waits for its approval is no drift, and opens no issue", async () => {
  at.stack.edit("dashboards/ai-engagement.ts", (text) => text.replace('title: "AI engagement"', 'title: "AskVX"'));
  const merged = await at.commit("Another title");
  const { exitCode, stderr, summary } = await lookForDrift();
  expect(exitCode, summary + stderr).toBe(0);
  expect(summary).toContain("dashboards/ai-engagement.ts");
  expect(openIssues()).toEqual([]);
  await at.git("revert", "--no-edit", merged);
});

test("a key of an app is rotated in one run, and the old one goes on until somebody deletes it", async () => {
  const before = serverDsn();
  const set = await at.stack.pulumi("config", "set", "sentryKeyGeneration", "2");
  expect(set.exitCode, set.text).toBe(0);
  const { planned, applied } = await at.deploy();
  expect(applied?.exitCode, planned.summary + planned.stderr + applied?.stderr).toBe(0);
  expect(planned.summary).toContain("Sentry key **backend-1** leaves the stack and stays at the vendor");
  expect(planned.summary).toContain("nothing is destroyed");
  expect(serverDsn()).not.toBe(before);
  expect(await activeDsns()).toEqual(expect.arrayContaining([before, serverDsn()]));
  const again = await at.stack.pulumi("preview", "--expect-no-changes");
  expect(again.exitCode, again.text).toBe(0);
  expect(await at.othersThings()).toEqual(others);
});

test("a key of an app that is replaced is another one, the old one goes on, and nothing is drift", async () => {
  const before = serverDsn();
  const { deployment } = JSON.parse(await at.stack.state()) as { deployment: { resources: { urn: string }[] } };
  const key = deployment.resources.find(({ urn }) => urn.endsWith("sentryKey:SentryKey::backend-2"))?.urn;
  const replaced = await at.stack.up("--replace", String(key));
  expect(replaced.exitCode, replaced.text).toBe(0);
  expect(serverDsn()).not.toBe(before);
  expect(await activeDsns()).toEqual(expect.arrayContaining([before, serverDsn()]));
  const { exitCode, stderr, summary } = await lookForDrift();
  expect(exitCode, summary + stderr).toBe(0);
  expect(openIssues()).toEqual([]);
});

test("a run with a wrong key of a vendor changes nothing and names the key, and the right one goes on", async () => {
  const before = await standing(at.cloud);
  for (const [variable, value] of [
    ["POSTHOG_PERSONAL_API_KEY", "phx_wrong_0123456789abcdefghijklmnop"],
    ["SENTRY_TOKEN", "sntrys_wrong_0123456789abcdefghijklmnop"],
  ] as const) {
    const refused = await at.stack.pulumiWith(
      { [variable]: value },
      "up",
      "--yes",
      "--skip-preview",
      "--refresh",
      "--run-program",
    );
    expect(refused.exitCode, variable).not.toBe(0);
    expect(refused.text).toContain(variable);
    expect(refused.text).not.toContain(value);
  }
  const up = await at.stack.up("--refresh", "--run-program", "--expect-no-changes");
  expect(up.exitCode, up.text).toBe(0);
  expect(await standing(at.cloud)).toEqual(before);
});
