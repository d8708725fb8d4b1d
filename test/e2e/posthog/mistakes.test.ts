import { expect, test } from "vitest";
import { posthogStack } from "./stack.ts";

const errorsIn = (text: string): string[] =>
  text.split("\n").filter((line) => /^ {4}error: /.test(line) && !line.includes("update failed"));

test("wrong definitions are reported all at once, and nothing is sent", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("dashboards/activation-funnel.ts", (text) =>
    text
      .replace('count("onboarding.step_completed"', 'count("onboarding.step_complete"')
      .replace("column: 6, row: 0", "column: 5, row: 0"),
  );
  stack.edit("dashboards/ai-engagement.ts", (text) =>
    text.replace('"B / (A + B)"', '"C / (A + B)"').replace('breakdown: "mode"', 'breakdown: "mood"'),
  );
  const preview = await stack.pulumi("preview");
  expect(preview.exitCode).not.toBe(0);
  expect(preview.text).toMatch(/4 things keep stack "test" from being previewed/);
  for (const part of ["onboarding.step_complete", "time-to-finish", "C / (A + B)", "mood"])
    expect(preview.text).toContain(part);
  expect(posthog.requests.all()).toEqual([]);
});

test("missing settings are reported all at once, each with the command that sets it", async () => {
  await using at = await posthogStack();
  const { stack } = at;
  stack.configure({ "posthog:projectId": undefined });
  const preview = await stack.pulumiWith({ POSTHOG_PERSONAL_API_KEY: "phc_a_project_key" }, "preview");
  expect(preview.exitCode).not.toBe(0);
  expect(preview.text).toContain("pulumi config set --stack test posthog:projectId <number>");
  expect(preview.text).toContain("POSTHOG_PERSONAL_API_KEY is a project key (phc_…)");
  expect(preview.text).not.toContain("phc_a_project_key");
});

test.for([
  ["a wrong key", "key", { env: { POSTHOG_PERSONAL_API_KEY: "phx_not_a_key_of_this_account" } }],
  ["a wrong project", "project", { config: { "posthog:projectId": 999 } }],
  ["an unreachable host", "host", { config: { "posthog:host": "http://127.0.0.1:9" } }],
] as const)("%s is one error that says to look at the %s, and nothing is half-created", async ([, what, change]) => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  if ("config" in change) stack.configure(change.config);
  const up = await stack.pulumiWith("env" in change ? change.env : {}, "up", "--yes", "--skip-preview");
  expect(up.exitCode).not.toBe(0);
  const errors = errorsIn(up.text);
  expect(errors, up.text).toHaveLength(1);
  expect(errors[0]).toContain(`Look at the ${what}`);
  expect(posthog.requests.writes()).toEqual([]);
  expect(up.text).not.toMatch(/\n\s+at .*\(/);
});
