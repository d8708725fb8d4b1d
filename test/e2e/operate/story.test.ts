import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localKeys, localReadingKeys } from "../../../src/local/account.ts";
import { startHosting } from "../../../src/local/hosting/index.ts";
import { ensureHelperPackage } from "../../../src/local/traffic/apps/package.ts";
import { notGiven } from "../../../src/resources/kernel/not-given.ts";
import { startGitHub, token } from "../../operate/support/github.ts";
import { stepsIn } from "../../operate/support/workflows.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { obs } from "./obs.ts";

/** What only reads, where the vendor has such keys. */
const readingKeys = {
  POSTHOG_PERSONAL_API_KEY: localReadingKeys.posthog.key,
  SENTRY_TOKEN: localReadingKeys.sentry.token,
};

test("from a pull request to a verified deployment, by the workflows' own shell", async () => {
  await using hosting = await startedHosting();
  await using at = await cloudStack({ config: { appUrl: hosting.appUrl, healthUrl: hosting.healthUrl } });
  await using github = await startGitHub();
  const { stack, cloud } = at;
  const event = join(stack.folder, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  const step = stepsIn(stack.folder, {
    ...stack.env,
    STACK: "test",
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: "brandvx/observability",
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_PATH: event,
  });
  const reports: string[] = [];
  expect((await stack.up()).exitCode).toBe(0);
  const pages = Object.entries(cloud.cloudflare.variables("operator-ui") ?? {}).map(([name, { value }]) => [
    name,
    value,
  ]);
  // The site is built with the package.
  await ensureHelperPackage(() => {});
  await hosting.deploySite(Object.fromEntries(pages));
  let redis = "ok";
  hosting.deployBackend(async () => ({ status: "ok", redis }));

  stack.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  const previewed = await step("preview.yml", "stack", "Preview, and the comment on the pull request", {
    ...readingKeys,
    ...{ UPSTASH_EMAIL: notGiven, UPSTASH_API_KEY: notGiven, RENDER_API_KEY: notGiven },
  });
  expect(previewed.exitCode, previewed.stderr).toBe(0);
  const comment = github.issues[0]?.comments[0]?.body ?? "";
  expect(comment).toContain("*Time to finish*: window 14 d → 7 d");
  expect(comment).toContain("Not verified: whether the keys of the `up` may write");
  for (const vendor of ["Render", "Upstash"]) expect(comment).toContain(`${vendor}: there is no key`);
  expect(readdirSync(join(stack.folder, "pictures"))).toContain("activation-funnel.after.dark.svg");
  reports.push(comment, previewed.summary);

  const planned = await step("deploy.yml", "plan", "Plan", readingKeys);
  expect(planned.exitCode, planned.stderr).toBe(0);
  expect(planned.output).toBe("changes=true\n");
  reports.push(readFileSync(join(stack.folder, "plan.json"), "utf8"));
  const { output } = await step("deploy.yml", "plan", "The engine");
  const [, engine = ""] = /^engine=([0-9a-f]{64})\n$/.exec(output) ?? [];
  const isSame = (ENGINE: string) =>
    step("deploy.yml", "apply", "The engine is the one that made the plan", { ENGINE });
  expect((await isSame(engine)).exitCode).toBe(0);
  expect((await isSame("")).exitCode).toBe(1);
  const retitle = (from: string, to: string): void =>
    stack.edit("dashboards/ai-engagement.ts", (text) => text.replace(`title: "${from}"`, `title: "${to}"`));
  retitle("AI engagement", "Not approved");
  const more = await step("deploy.yml", "apply", "Do what was approved");
  expect(more.exitCode, "what was not approved is not done").not.toBe(0);
  expect(cloud.posthog.live().dashboards.map(({ name }) => name)).not.toContain("Not approved");
  retitle("Not approved", "AI engagement");
  const applied = await step("deploy.yml", "apply", "Do what was approved");
  expect(applied.exitCode, applied.stderr).toBe(0);

  const verify = ["deploy.yml", "apply", "Verify, and mark the deployment on PostHog's charts"] as const;
  const verified = await step(...verify, { COMMIT: "0123456789abcdef" });
  expect(verified.exitCode, verified.summary + verified.stderr).toBe(0);
  expect(verified.summary).toContain("all 12 checks hold");
  redis = "error";
  const broken = await step(...verify, { COMMIT: "fedcba9876543210" });
  expect(broken.exitCode).toBe(1);
  expect(broken.summary).toContain("**/health of the backend**: redis: error");
  expect(broken.summary).toContain("**To go back**");
  const marks = (await byHand(cloud).posthog("GET", "annotations/")) as { results: { content: string }[] };
  expect(marks.results.map(({ content }) => content).toSorted()).toEqual([
    "Deployed 0123456: all holds",
    "Deployed fedcba9: something fails",
  ]);
  const notes = await step("deploy.yml", "apply", "How to go back", { BEFORE: "89abcdef" });
  expect(notes.summary).toContain("gh workflow run deploy.yml --field commit=89abcdef");
  const parity = await obs(stack, "parity", "--stack", "test", "--markdown");
  expect(parity.exitCode, parity.stdout + parity.stderr).toBe(0);
  reports.push(verified.summary, broken.summary, parity.stdout);

  for (const secret of Object.values(localKeys).filter((key) => !key.includes("@"))) {
    for (const report of reports) expect(report).not.toContain(secret);
  }
});

/** Where the apps are reached. */
async function startedHosting() {
  const hosting = await startHosting(() => 0);
  return { ...hosting, [Symbol.asyncDispose]: () => hosting.stop() };
}
