/**
 * The rehearsal, part 1: from a fresh checkout to a verified deployment, a change by pull request, a release and the way back, with
 * production's own settings and the workflows' own steps in their order.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeys } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { standing } from "../../support/standing.ts";
import { obs } from "../operate/obs.ts";
import { deployApps, type Production, previewKeys, production, qualifiedName, readFile, readingKeys } from "./world.ts";

let at: Production;
let before: unknown;
const commits: { first: string; change: string } = { first: "", change: "" };
/** All text that was shown to somebody. */
const reports: string[] = [];
let redis = "ok";

beforeAll(async () => {
  at = await production();
  before = await at.othersThings();
  for (const { requests } of at.cloud.twins) requests.clear();
});
afterAll(() => at?.[Symbol.asyncDispose]());

test("a new stage is told all settings that it lacks, each with the command that sets it", async () => {
  const first = await at.stack.pulumi("preview");
  expect(first.exitCode).not.toBe(0);
  expect(first.text).toContain('things keep stack "production" from being previewed');
  expect(await at.carryOut(first.text)).toBe(12);
  const settings = readFile(at, "Pulumi.production.yaml");
  expect(settings, "protection is what nobody has said anything about").not.toContain("protect");
  for (const key of Object.values(localKeys)) if (!key.includes("@")) expect(settings).not.toContain(key);
});

test("variables that people have set by hand are told before anything is made, with the commands that take them over", async () => {
  const planned = await at.step("deploy.yml", "plan", "Plan", readingKeys);
  expect(planned.exitCode, planned.summary).toBe(1);
  const writes = at.cloud.twins.flatMap(({ requests }) => requests.writes());
  expect(writes).toEqual([]);
  for (const name of ["VITE_SENTRY_DSN", "SENTRY_ENVIRONMENT"]) expect(planned.summary).toContain(name);
  expect(await at.carryOut(planned.summary)).toBe(2);
  commits.first = await at.commit("Settings of production");
});

test("a commit of main is planned with keys that read, and the plan that was approved is carried out", async () => {
  const chosen = await at.step("deploy.yml", "commit", "The commit is one of main", { WANTED: commits.first });
  expect(chosen).toMatchObject({ exitCode: 0, output: `commit=${commits.first}\n` });
  const { planned, applied } = await at.deploy();
  expect(planned.exitCode, planned.summary + planned.stderr).toBe(0);
  expect(planned.output).toBe("changes=true\n");
  expect(applied?.exitCode, applied?.stderr).toBe(0);
  expect(await at.othersThings()).toEqual(before);
  expect(at.cloud.cloudflare.variables("operator-ui")?.VITE_SENTRY_DSN?.value).not.toContain("byhand");
  reports.push(planned.summary, readFile(at, "plan.json"));
});

test("the policy pack has nothing against production, on the engine itself", async () => {
  const held = await at.stack.pulumi("preview", "--policy-pack", "policy", "--expect-no-changes");
  expect(held.exitCode, held.text).toBe(0);
  expect(held.text).not.toMatch(/\[(mandatory|advisory)\]/);
});

const verify = ["deploy.yml", "apply", "Verify, and mark the deployment on PostHog's charts"] as const;

test("the deployment is verified end to end", async () => {
  await deployApps(at, () => redis);
  const verified = await at.step(...verify, { COMMIT: commits.first });
  expect(verified.exitCode, verified.summary + verified.stderr).toBe(0);
  expect(verified.summary).toContain("all 15 checks hold");
  const parity = await obs(at.stack, "parity", "--stack", qualifiedName, "--markdown");
  expect(parity.exitCode, parity.stdout + parity.stderr).toBe(0);
  const privacy = await obs(at.stack, "privacy", "--stack", qualifiedName, "--markdown");
  expect(privacy.exitCode, privacy.stdout + privacy.stderr).toBe(0);
  expect(privacy.stdout).toContain("the helpers let none of");
  reports.push(verified.summary, parity.stdout, privacy.stdout);
});

test("a pull request is told what it would do to production", async () => {
  at.stack.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  const previewed = await at.step("preview.yml", "stack", "Preview, and the comment on the pull request", previewKeys);
  expect(previewed.exitCode, previewed.stderr).toBe(0);
  const comment = at.github.issues[0]?.comments[0]?.body ?? "";
  expect(comment).toContain("*Time to first step done*: window 14 d → 7 d");
  expect(comment).toContain("Not verified: whether the keys of the `up` may write");
  for (const vendor of ["Render", "Upstash"]) expect(comment).toContain(`${vendor}: there is no key`);
  expect(readdirSync(join(at.stack.folder, "pictures"))).not.toEqual([]);
  reports.push(comment, previewed.summary);
  commits.change = await at.commit("People who finish within a week");
});

test("the plan is bound to its engine and to what was approved", async () => {
  const planned = await at.step("deploy.yml", "plan", "Plan", previewKeys);
  expect(planned.output, planned.stderr).toBe("changes=true\n");
  const { output } = await at.step("deploy.yml", "plan", "The engine");
  const [, engine = ""] = /^engine=([0-9a-f]{64})\n$/.exec(output) ?? [];
  const isSame = (ENGINE: string) =>
    at.step("deploy.yml", "apply", "The engine is the one that made the plan", { ENGINE });
  expect((await isSame(engine)).exitCode).toBe(0);
  expect((await isSame("")).exitCode).toBe(1);
  const retitle = (from: string, to: string): void =>
    at.stack.edit("dashboards/ai-engagement.ts", (text) => text.replace(`title: "${from}"`, `title: "${to}"`));
  retitle("AI engagement", "Not approved");
  const more = await at.step("deploy.yml", "apply", "Do what was approved");
  expect(more.exitCode, "what was not approved is not done").not.toBe(0);
  expect(at.cloud.posthog.live().dashboards.map(({ name }) => name)).not.toContain("Not approved");
  retitle("Not approved", "AI engagement");
  const applied = await at.step("deploy.yml", "apply", "Do what was approved");
  expect(applied.exitCode, applied.stderr).toBe(0);
  expect(timeToFinishDays()).toBe(7);
});

test("a release is marked once on all charts", async () => {
  const release = { RELEASE: "operator-ui@1.4.2", RELEASE_COMMIT: commits.change };
  const { planned, applied } = await at.deploy(release);
  expect(applied?.exitCode, planned.stderr + applied?.stderr).toBe(0);
  expect((await at.deploy(release)).planned.output, "the same release again is nothing new").toBe("changes=false\n");
  const verified = await at.step(...verify, { COMMIT: commits.change, RELEASE: "operator-ui@1.4.2" });
  expect(verified.exitCode, verified.summary).toBe(0);
  expect((await marks()).filter((mark) => mark.includes("operator-ui@1.4.2"))).toHaveLength(1);
});

test("a deployment that does not hold says how to go back, and the way back is another plan", async () => {
  redis = "error";
  const broken = await at.step(...verify, { COMMIT: commits.change });
  expect(broken.exitCode).toBe(1);
  expect(broken.summary).toContain("**/health of the backend**: redis: error");
  expect(broken.summary).toContain("**To go back**");
  const notes = await at.step("deploy.yml", "apply", "How to go back", { BEFORE: commits.first });
  expect(notes.summary).toContain(`gh workflow run deploy.yml --field commit=${commits.first}`);

  const dashboards = JSON.stringify(at.cloud.posthog.live().dashboards.map(({ id }) => id));
  await at.git("checkout", "--quiet", commits.first);
  const { planned, applied } = await at.deploy();
  expect(planned.summary).toContain("*Time to first step done*: window 7 d → 14 d");
  expect(applied?.exitCode, applied?.stderr).toBe(0);
  expect(timeToFinishDays()).toBe(14);
  expect(JSON.stringify(at.cloud.posthog.live().dashboards.map(({ id }) => id))).toBe(dashboards);
  redis = "ok";
  expect((await at.step(...verify, { COMMIT: commits.first })).exitCode).toBe(0);
  reports.push(broken.summary, notes.summary, planned.summary);
  expect(await at.othersThings()).toEqual(before);
  expect(Object.keys(await standing(at.cloud))).toContain("keys");
});

test("no report shows a secret", () => {
  const keys = Object.values(localKeys).filter((key) => !key.includes("@"));
  const { REDIS_URL = "", SENTRY_DSN = "" } =
    at.cloud.render.variables(at.cloud.render.serviceId("backend") ?? "") ?? {};
  expect(reports.length).toBeGreaterThan(8);
  for (const secret of [...keys, REDIS_URL, SENTRY_DSN]) {
    expect(secret.length).toBeGreaterThan(20);
    for (const report of reports) expect(report).not.toContain(secret);
  }
});

function timeToFinishDays(): unknown {
  const { insights } = at.cloud.posthog.live();
  const asked = JSON.stringify(insights.find(({ name }) => name === "Time to first step done")?.query);
  return Number(/"funnelWindowInterval":(\d+)/.exec(asked)?.[1]);
}

async function marks(): Promise<string[]> {
  const { results } = (await byHand(at.cloud).posthog("GET", "annotations/")) as { results: { content: string }[] };
  return results.map(({ content }) => content);
}
