import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { startGitHub, token } from "../../operate/support/github.ts";
import { shellOf } from "../../operate/support/workflows.ts";
import { cloudStack } from "../../support/cloud.ts";
import type { TestStack } from "../../support/stack.ts";
import { obs } from "./obs.ts";

type GitHubDouble = Awaited<ReturnType<typeof startGitHub>>;

/** A step of a workflow, as GitHub runs it: bash that ends at the first failure, with GitHub's own variables. */
function gitHubRun(stack: TestStack, github: GitHubDouble) {
  const at = (file: string): string => join(stack.folder, file);
  writeFileSync(at("event.json"), JSON.stringify({ pull_request: { number: 7 } }));
  return async (file: string, job: string, name: string) => {
    for (const sink of ["summary.md", "output.txt"]) writeFileSync(at(sink), "");
    const ran = await execa("bash", ["--noprofile", "--norc", "-e", "-c", shellOf(file, job, name)], {
      cwd: stack.folder,
      env: {
        ...stack.env,
        ...{
          STACK: "test",
          GITHUB_TOKEN: token,
          GITHUB_REPOSITORY: "brandvx/observability",
          GITHUB_API_URL: github.url,
        },
        ...{
          GITHUB_EVENT_PATH: at("event.json"),
          GITHUB_STEP_SUMMARY: at("summary.md"),
          GITHUB_OUTPUT: at("output.txt"),
        },
      },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    });
    const [summary, output] = ["summary.md", "output.txt"].map((sink) => readFileSync(at(sink), "utf8"));
    return { exitCode: ran.exitCode, stderr: ran.stderr, summary: summary ?? "", output: output ?? "" };
  };
}

test("an engineer's day: preview, plan and apply, verify, drift by hand, and healed again, with the workflows' own shell", async () => {
  await using at = await cloudStack();
  await using github = await startGitHub();
  const { stack, cloud } = at;
  const step = gitHubRun(stack, github);
  const reports: string[] = [];
  expect((await stack.up()).exitCode).toBe(0);

  stack.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  const previewed = await step("preview.yml", "stack", "Preview, and the comment on the pull request");
  expect(previewed.exitCode, previewed.stderr).toBe(0);
  const comment = github.issues[0]?.comments[0]?.body ?? "";
  expect(comment).toContain("*Time to finish*: window 14 d → 7 d");
  expect(comment).toContain("Drift: none");
  reports.push(comment, previewed.summary);

  const planned = await step("deploy.yml", "plan", "Plan");
  expect(planned.exitCode, planned.stderr).toBe(0);
  expect(planned.output).toBe("changes=true\n");
  reports.push(readFileSync(join(stack.folder, "plan.json"), "utf8"));
  const applied = await step("deploy.yml", "apply", "Do what was approved");
  expect(applied.exitCode, applied.stderr).toBe(0);

  const verified = await obs(stack, "verify", "--stack", "test", "--skip", "health", "--patience", "30", "--markdown");
  expect(verified.exitCode, verified.stdout + verified.stderr).toBe(0);
  const parity = await obs(stack, "parity", "--stack", "test", "--markdown");
  expect(parity.exitCode, parity.stdout + parity.stderr).toBe(0);
  reports.push(verified.stdout, parity.stdout);

  const dashboard = cloud.posthog.live().dashboards.find(({ name }) => name === "AI engagement");
  await fetch(`${cloud.posthog.url}/api/projects/1/dashboards/${dashboard?.id}/`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${localAccount.posthog.personalApiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Renamed by hand" }),
  });
  const drifted = await step("drift.yml", "drift", "Look for drift, and keep its issue");
  expect(drifted.exitCode, drifted.stderr).toBe(0);
  const issue = github.issues.find(({ title }) => title === "Changed by hand: test");
  expect(issue).toMatchObject({ state: "open", body: expect.stringContaining("is titled *Renamed by hand*") });
  reports.push(issue?.body ?? "");

  const target = /--target '([^']*ai-engagement)'/.exec(issue?.body ?? "")?.[1] ?? "";
  const healed = await stack.up("--refresh", "--run-program", "--target", target);
  expect(healed.exitCode, healed.text).toBe(0);
  expect((await step("drift.yml", "drift", "Look for drift, and keep its issue")).exitCode).toBe(0);
  expect(issue?.state).toBe("closed");

  for (const secret of Object.values(localKeys).filter((key) => !key.includes("@"))) {
    for (const report of reports) expect(report).not.toContain(secret);
  }
});
