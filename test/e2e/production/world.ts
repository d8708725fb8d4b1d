import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect } from "vitest";
import { localAccount, localKeys, localReadingKeys } from "../../../src/local/account.ts";
import { type Cloud, startCloud } from "../../../src/local/cloud.ts";
import { type Hosting, startHosting } from "../../../src/local/hosting/index.ts";
import { notGiven } from "../../../src/resources/kernel/not-given.ts";
import { type GitHubDouble, startGitHub, token } from "../../operate/support/github.ts";
import { type StepRan, stepsIn } from "../../operate/support/workflows.ts";
import { byHand } from "../../support/by-hand.ts";
import { inShell, printedCommands } from "../../support/shell.ts";
import { TestStack } from "../../support/stack.ts";
import { temporaryFolder } from "../../support/temporary.ts";

/** The stack's name in Pulumi's service: an organization and a project before the stage. */
export const qualifiedName = "organization/brandvx-observability/production";

/** Read-only keys, where the vendor has them: `plan`, previews and drift checks use no others. */
export const readingKeys = {
  POSTHOG_PERSONAL_API_KEY: localReadingKeys.posthog.key,
  SENTRY_TOKEN: localReadingKeys.sentry.token,
};

/** What a preview of a pull request uses instead of the keys of vendors that have no read-only ones. */
export const previewKeys = {
  ...readingKeys,
  UPSTASH_EMAIL: notGiven,
  UPSTASH_API_KEY: notGiven,
  RENDER_API_KEY: notGiven,
};

/** What an engineer fills in for the placeholders of the commands that `pulumi preview` prints. */
const answers: Record<string, string> = {
  "posthog:projectKey": localAccount.posthog.projectKey,
  "posthog:projectId": String(localAccount.posthog.projectId),
  sentryOrganization: localAccount.sentry.organization,
  "redis.primaryRegion": "us-east-1",
  "redis.budget": "20",
  "pages.accountId": localAccount.cloudflare.accountId,
  "pages.projectName": "operator-ui",
  "render.serviceId": localAccount.render.serviceId,
  "teams.ai.emails[0]": "ai@brandvx.example",
  "teams.growth.emails[0]": "growth@brandvx.example",
  "teams.messaging.emails[0]": "messaging@brandvx.example",
  "teams.platform.emails[0]": "platform@brandvx.example",
};

export interface Production extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly stack: TestStack;
  readonly hosting: Hosting;
  readonly github: GitHubDouble;
  /** Runs a step of a workflow as it is written. */
  readonly step: ReturnType<typeof stepsIn>;
  /** Runs `git` in the checkout. */
  git(...args: string[]): Promise<string>;
  /** Commits what was changed in the checkout. @returns the commit */
  commit(message: string): Promise<string>;
  /**
   * Runs the commands that a report printed, in a shell and with the placeholders filled in.
   * @returns how many
   */
  carryOut(report: string): Promise<number>;
  /** `plan`, the approval and `apply` of deploy.yml for what is checked out. */
  deploy(env?: Readonly<Record<string, string>>): Promise<{ planned: StepRan; applied: StepRan | undefined }>;
  /** What other people have created at the vendors, in its current state. */
  othersThings(): Promise<unknown>;
}

/**
 * A fresh checkout whose stack `production` has the settings of the repository alone, and vendors where BrandVX's people work
 * already: projects at Sentry, a database at Upstash, a dashboard at PostHog, the app's Pages project and the backend's service with
 * variables of their own.
 */
export async function production(): Promise<Production> {
  const stores = temporaryFolder("brandvx-cloud-");
  const [cloud, github] = await Promise.all([startCloud({ folder: stores.path, portOf: () => 0 }), startGitHub()]);
  const hosting = await startHosting({ cloud, portOf: () => 0 });
  await peopleWork(cloud);
  const stack = await TestStack.create({
    ...{ name: "production", isClone: true },
    // The addresses of the vendors on this machine are the only settings of the stage so far.
    config: { ...cloud.addresses, ...hosting.addresses },
    env: { ...localKeys, UPSTASH_API_BASE_URL: cloud.upstash.url },
  });
  const git = async (...args: string[]): Promise<string> => {
    const who = ["-c", "user.name=T", "-c", "user.email=t@brandvx.example", "-c", "core.hooksPath=/dev/null"];
    return (await execa("git", [...who, ...args], { cwd: stack.folder })).stdout.trim();
  };
  await git("init", "--quiet", "--initial-branch", "main");
  // Files that a runner has outside the checkout; here both are in one folder.
  const besides = ["/node_modules", "/.pulumi", "/plan.json", "/summary.md", "/output.txt", "/env.txt", "/pictures"];
  writeFileSync(join(stack.folder, ".git", "info", "exclude"), besides.join("\n"));
  const event = join(stores.path, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  const step = stepsIn(stack.folder, {
    ...stack.env,
    ...{ STACK: qualifiedName, PULUMI_RUN_PROGRAM: "true" },
    ...{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: "brandvx/observability" },
    ...{ GITHUB_API_URL: github.url, GITHUB_EVENT_PATH: event },
  });
  return {
    ...{ cloud, stack, hosting, github, step, git },
    async commit(message) {
      await git("add", "--all");
      await git("commit", "--quiet", "--message", message);
      return git("rev-parse", "HEAD");
    },
    async carryOut(report) {
      const commands = printedCommands(report).map(filledIn);
      for (const command of commands) {
        const { exitCode, text } = await inShell(stack, command);
        expect(exitCode, `${command}\n${text}`).toBe(0);
      }
      return commands.length;
    },
    async deploy(env = {}) {
      const planned = await step("deploy.yml", "plan", "Plan", { ...readingKeys, ...env });
      if (!planned.output.includes("changes=true")) return { planned, applied: undefined };
      return { planned, applied: await step("deploy.yml", "apply", "Do what was approved", env) };
    },
    othersThings: () => othersThings(cloud),
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      await Promise.all([cloud.stop(), hosting.stop(), github[Symbol.asyncDispose]()]);
      stores[Symbol.dispose]();
    },
  };
}

/** A printed command with what an engineer fills in for its placeholder. */
function filledIn(command: string): string {
  const key = Object.keys(answers).find((one) => command.includes(` ${one} `) || command.includes(` '${one}' `));
  if (key === undefined) return command;
  const upToKey = command.slice(0, command.indexOf(key) + key.length);
  return `${upToKey}${command.includes(`'${key}'`) ? "'" : ""} '${answers[key]}'`;
}

async function peopleWork(cloud: Cloud): Promise<void> {
  const hand = byHand(cloud);
  await hand.sentry("POST", "organizations/brandvx/teams/", { slug: "mobile", name: "Mobile" });
  await hand.sentry("POST", "teams/brandvx/mobile/projects/", { name: "Mobile app", slug: "mobile-app" });
  await hand.upstash("POST", "database", {
    ...{ database_name: "sessions", platform: "aws", primary_region: "eu-west-1", tls: true, budget: 55 },
  });
  const people = (await hand.posthog("POST", "dashboards/", { name: "Sales" })) as { id: number };
  await hand.posthog("POST", "insights/", {
    ...{ name: "Visits", dashboards: [people.id] },
    query: {
      kind: "InsightVizNode",
      source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "$pageview" }] },
    },
  });
  await hand.pages("POST", "", {
    ...{ name: "operator-ui", production_branch: "main" },
    deployment_configs: {
      preview: { env_vars: { STAGE: { type: "plain_text", value: "preview" } } },
      production: {
        env_vars: {
          API_URL: { type: "plain_text", value: "https://api.brandvx.example" },
          VITE_SENTRY_DSN: { type: "plain_text", value: "https://byhand@sentry.example/1" },
        },
      },
    },
  });
  const variables = { PORT: "8000", DATABASE_URL: "postgres://brandvx.example/app", SENTRY_ENVIRONMENT: "prod" };
  for (const [name, value] of Object.entries(variables)) await hand.render("PUT", `env-vars/${name}`, { value });
}

async function othersThings(cloud: Cloud): Promise<unknown> {
  const hand = byHand(cloud);
  const { dashboards, insights } = cloud.posthog.live();
  const databases = (await hand.upstash("GET", "databases")) as { database_name: string }[];
  const { PORT, DATABASE_URL } = cloud.render.variables(localAccount.render.serviceId) ?? {};
  const { deployment_configs } = (await hand.pages("GET", "/operator-ui")) as {
    deployment_configs: { preview: { env_vars: unknown } };
  };
  return {
    project: await hand.sentry("GET", "projects/brandvx/mobile-app/"),
    keys: await hand.sentry("GET", "projects/brandvx/mobile-app/keys/"),
    database: databases.filter(({ database_name }) => database_name === "sessions"),
    dashboard: dashboards.filter(({ name }) => name === "Sales"),
    insight: insights.filter(({ name }) => name === "Visits"),
    preview: deployment_configs?.preview.env_vars,
    pages: cloud.cloudflare.variables("operator-ui")?.API_URL,
    render: { PORT, DATABASE_URL },
  };
}

/** Deploys the site and the backend as Pages and Render do, with the variables that they have. */
export async function deployApps({ cloud, hosting }: Production, redis: () => string = () => "ok"): Promise<void> {
  const variables = Object.entries(cloud.cloudflare.variables("operator-ui") ?? {});
  await hosting.deploySite(Object.fromEntries(variables.map(([name, { value }]) => [name, value])));
  hosting.deployBackend(async () => ({ status: "ok", redis: redis() }));
}

/** A production after its first deployment: its settings are set, and existing resources are adopted. */
export async function deployed(): Promise<Production> {
  const at = await production();
  for (const _ of ["settings", "what exists already"]) await at.carryOut((await at.stack.pulumi("preview")).text);
  await at.commit("Settings of production");
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
  return at;
}

export const readFile = ({ stack }: Production, name: string): string => readFileSync(join(stack.folder, name), "utf8");
