/** From an empty configuration to a verified stack, at vendors that hold BrandVX's things already. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { allCredentials } from "../../../src/model/vendors/index.ts";
import { atTerminal, hasTerminal } from "../../support/at-terminal.ts";
import { byHand } from "../../support/by-hand.ts";
import { deployApps, type Production, production } from "../production/world.ts";
import { launcher, obs } from "./obs.ts";

interface Report {
  questions: { path: string; choices: { value: string }[] }[];
  missing: { problem: string }[];
  settings: { path: string; value: string }[];
  commands: string[];
}

const answers = `
teams:
  ai: { emails: [ai@brandvx.example] }
  growth: { emails: [growth@brandvx.example] }
  messaging: { emails: [messaging@brandvx.example] }
  platform: { emails: [platform@brandvx.example] }
pages: { adopt: all }
render.adopt: all
`;

let at: Production;
let before: unknown;
let key = "";
beforeAll(async () => {
  at = await production();
  const hand = byHand(at.cloud);
  await hand.sentry("POST", "organizations/brandvx/teams/", { slug: "platform", name: "Platform people" });
  for (const slug of ["operator-ui", "backend"])
    await hand.sentry("POST", "teams/brandvx/platform/projects/", { name: slug, slug });
  const database = { database_name: "brandvx", platform: "aws", primary_region: "eu-west-1", budget: 55, tls: true };
  await hand.upstash("POST", "database", database);
  before = await world();
  // The stack is not set up: its file contains only the vendors' addresses on this machine.
  const removed = await at.stack.pulumi("stack", "rm", "--yes", "--preserve-config", "production");
  expect(removed.exitCode, removed.text).toBe(0);
  for (const { requests } of at.cloud.twins) requests.clear();
});
afterAll(() => at?.[Symbol.asyncDispose]());

const names = (found: unknown): string[] =>
  (found as { slug?: string; database_name?: string; id?: string }[]).map(
    ({ slug, database_name, id }) => slug ?? database_name ?? id ?? "",
  );

/** The vendors' objects of the kinds that an `up` could create a second time. */
async function world(): Promise<unknown> {
  const hand = byHand(at.cloud);
  return {
    teams: names(await hand.sentry("GET", "organizations/brandvx/teams/")),
    projects: names(await hand.sentry("GET", "organizations/brandvx/projects/")),
    keys: [
      ...names(await hand.sentry("GET", "projects/brandvx/operator-ui/keys/")),
      ...names(await hand.sentry("GET", "projects/brandvx/backend/keys/")),
    ],
    databases: names(await hand.upstash("GET", "databases")),
    pages: ((await hand.pages("GET", "")) as { result: { name: string }[] }).result.map(({ name }) => name),
  };
}
const writes = () => at.cloud.twins.flatMap(({ requests }) => requests.writes());
const configuration = () => readFileSync(join(at.stack.folder, "Pulumi.production.yaml"), "utf8");

test("a dry run without answers says what it found and what only a person knows, and writes nothing", async () => {
  const file = configuration();
  const looked = await obs(at.stack, "setup", "--stack", "production", "--dry-run", "--json");
  expect(looked.exitCode, looked.stderr).toBe(1);
  const { questions, missing, settings } = JSON.parse(looked.stdout) as Report;
  expect(missing).toEqual([]);
  // The app uses a key of a project that is not known here, so only a person can say which key it may keep.
  expect(questions.map(({ path }) => path).toSorted()).toEqual([
    ...["pages.adopt", "render.adopt", "sentryExisting.browserKey"],
    ...["ai", "growth", "messaging", "platform"].map((team) => `teams.${team}.emails[0]`),
  ]);
  const choicesOf = (path: string) => questions.find((one) => one.path === path)?.choices.map(({ value }) => value);
  expect(choicesOf("teams.ai.emails[0]")).toContain("ai@brandvx.example");
  [key = ""] = choicesOf("sentryExisting.browserKey") ?? [];
  const set = Object.fromEntries(settings.map(({ path, value }) => [path, value]));
  expect(set).toMatchObject({
    "posthog:projectId": "1",
    "posthog:projectKey": localAccount.posthog.projectKey,
    sentryOrganization: "brandvx",
    "pages.accountId": localAccount.cloudflare.accountId,
    "pages.projectName": "operator-ui",
    "render.serviceId": localAccount.render.serviceId,
    "redis.primaryRegion": "eu-west-1",
  });
  expect(configuration()).toBe(file);
  const stacks = await at.stack.pulumi("stack", "ls", "--json");
  expect(JSON.parse(stacks.stdout)).toEqual([]);
  expect(writes()).toEqual([]);
});

test("with the answers of a file, the stack is made and its configuration written, without a secret and without a write at a vendor", async () => {
  writeFileSync(join(at.stack.folder, "answers.yaml"), answers);
  const ran = await obs(
    at.stack,
    "setup",
    "--stack",
    "production",
    "--from",
    "answers.yaml",
    "--set",
    `sentryExisting.browserKey=${key}`,
  );
  expect(ran.exitCode, ran.stdout + ran.stderr).toBe(0);
  expect(ran.stdout).toContain("production is set up");
  for (const key of Object.values(localKeys))
    if (!key.includes("@")) expect(configuration() + ran.stdout + ran.stderr).not.toContain(key);
  expect(writes()).toEqual([]);
});

test("a second run has nothing left to set", async () => {
  const file = configuration();
  const again = await obs(at.stack, "setup", "--stack", "production", "--json");
  expect(again.exitCode, again.stdout + again.stderr).toBe(0);
  expect((JSON.parse(again.stdout) as Report).settings).toEqual([]);
  expect(configuration()).toBe(file);
});

/** What the environment has in place of the vendors' keys, once they were typed: nothing. */
let typedInstead: Readonly<Record<string, string>> = {};

test.skipIf(!hasTerminal)("keys that are typed at the prompt are stored encrypted, and shown nowhere", async () => {
  typedInstead = Object.fromEntries(Object.keys(localKeys).map((variable) => [variable, ""]));
  const typed = await atTerminal(
    { folder: at.stack.folder, env: environment() },
    `${launcher} setup --stack production`,
    // Ctrl-T is how such prompts of others show what was typed.
    allCredentials.map(({ variable }) => ({
      ...{ once: `${variable} is not set`, types: `${localKeys[variable as keyof typeof localKeys]}\x14` },
    })),
  );
  expect(typed.exitCode, typed.text).toBe(0);
  const config = (parse(configuration()) as { config: Record<string, unknown> }).config;
  for (const { configKey } of allCredentials) {
    expect(config[configKey]).toEqual({ secure: expect.stringMatching(/^v1:/) });
    expect(typed.text).toContain(`${configKey}, encrypted`);
  }
  expectNoKeyIn(typed.text);
  expectNoKeyLeft();
});

/** What a command sees: whatever it leaves behind, logs of the engine's among it, is in the stack's folder. */
function environment(): Record<string, string> {
  const TMPDIR = join(at.stack.folder, ".pulumi", "tmp");
  mkdirSync(TMPDIR, { recursive: true });
  return { ...at.stack.env, ...typedInstead, TMPDIR };
}

/** An e-mail address is no secret: the teams' own stand in the configuration. */
const secrets = Object.values(localKeys).filter((key) => !key.includes("@"));

function expectNoKeyIn(text: string, where = "what was printed"): void {
  for (const key of secrets)
    for (const form of [key, encodeURIComponent(key), Buffer.from(key).toString("base64").slice(0, -4)])
      expect(text.includes(form), `${where} holds ${key.slice(0, 12)}…`).toBe(false);
}

/** Looks through all that commands write: configuration, state with its history and backups, and what stands beside them. */
function expectNoKeyLeft(): string[] {
  const folder = join(at.stack.folder, ".pulumi");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, "home", "plugins")))
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files) expectNoKeyIn(readFileSync(file, "latin1"), file);
  expectNoKeyIn(configuration(), "the configuration");
  return files;
}

test("the up that follows doubles nothing, and the deployment is verified", async () => {
  const up = await at.stack.pulumiWith(environment(), "up", "--yes", "--skip-preview");
  expect(up.exitCode, up.text).toBe(0);
  expect(await world(), "nothing is doubled").toEqual(before);
  await deployApps(at);
  const verified = await obs({ folder: at.stack.folder, env: environment() }, "verify", "--stack", "production");
  expect(verified.exitCode, verified.stdout + verified.stderr).toBe(0);
  expect(verified.stdout).toMatch(/all \d+ checks hold/);
  expectNoKeyIn(up.text + verified.stdout + verified.stderr + (await at.stack.state()));
  const left = expectNoKeyLeft();
  for (const kind of ["stacks", "history"]) expect(left.join("\n")).toContain(`/.pulumi/${kind}/`);
});
