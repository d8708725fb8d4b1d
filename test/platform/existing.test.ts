import { ComponentResource, log, type ResourceHook, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import { beforeEach, expect, test, vi } from "vitest";
import { unlessDatabaseExists } from "../../src/platform/existing/redis.ts";
import { obstacleReport } from "../../src/platform/existing/report.ts";
import { saysWhichKeysExist, unlessProjectExists, unlessTeamExists } from "../../src/platform/existing/sentry.ts";
import { unlessForeignOnPages, unlessForeignOnRender } from "../../src/platform/existing/variables.ts";
import { setCommand } from "../../src/platform/settings/commands.ts";
import { notGiven } from "../../src/resources/kernel/not-given.ts";
import { sentryWithProject } from "../local/twins/sentry/support.ts";
import { brandvx, upstash } from "../local/twins/upstash/support.ts";
import { accountId, pagesProject, plain, token } from "../resources/cloudflare/support.ts";
import { apiKey, renderService, serviceId } from "../resources/render/support.ts";
import { acceptHooks } from "./mocks.ts";

vi.spyOn(console, "error").mockImplementation(() => {});
beforeEach(async () => {
  await runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
    "project",
    "staging",
    false,
    "organization",
  );
  acceptHooks();
});

/** Runs the hook as an `up` does before it creates the resource: the message of its refusal, or undefined. */
async function refusal({ beforeCreate = [] }: ResourceHookBinding): Promise<string | undefined> {
  const [hook] = beforeCreate as ResourceHook[];
  try {
    await hook?.callback({
      urn: "urn:pulumi:staging::project::test:index:It::it",
      id: "",
      name: "it",
      type: "test:index:It",
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const ifTainted = [
  "  or, if it is replaced because of `pulumi state taint`, so that it stays as it is:",
  "    pulumi state untaint urn:pulumi:staging::project::test:index:It::it --stack staging --yes",
];

const own = () => ({ parent: new ComponentResource("brandvx:test:Parent", "brandvx"), protect: true });

const atSentry = (url: string): void => {
  vi.stubEnv("SENTRY_TOKEN", "sntryu_test");
  runtime.setConfig("sentry:baseUrl", url);
};

test.each(["", "/", "/api", "/api/", "/api/0", "/api/0/"])(
  "what exists at Sentry is seen when its address is written with %j at the end",
  async (end) => {
    const { twin } = await sentryWithProject();
    atSentry(`${twin.url}${end}`);
    expect(await refusal(unlessTeamExists("brandvx", "platform", own()))).toBe(
      [
        "the Sentry team platform already exists; to take it over as it is:",
        "    pulumi config set --stack staging --path sentryExisting.team true",
        "  or, if an `up` of this stack made it and then failed, back into its state:",
        "    pulumi import test:index:It it brandvx/platform --stack staging --parent 'parent=urn:pulumi:staging::project::brandvx:test:Parent::brandvx' --protect=true --generate-code=false --yes",
        ...ifTainted,
      ].join("\n"),
    );
    expect(await refusal(unlessProjectExists("brandvx", "operator-ui", "browser", own()))).toContain(
      "browserProject true",
    );
    expect(await refusal(unlessProjectExists("brandvx", "none-of-this-name", "server", own()))).toBeUndefined();
    expect(await refusal(unlessTeamExists("brandvx", "none-of-this-name", own()))).toBeUndefined();
  },
);

test("a slug that a project has given up is free", async () => {
  const { twin, api } = await sentryWithProject();
  atSentry(twin.url);
  await api.put("/api/0/projects/brandvx/operator-ui/", { slug: "renamed" });
  expect(await refusal(unlessProjectExists("brandvx", "operator-ui", "browser", own()))).toBeUndefined();
  expect(await refusal(unlessProjectExists("brandvx", "renamed", "browser", own()))).toContain("already exists");
});

test.each([
  ["busy", 429],
  ["in trouble for a moment", 503],
] as const)("a Sentry that is %s is asked again: nothing is taken for absent", async (_how, status) => {
  const { twin } = await sentryWithProject();
  atSentry(twin.url);
  const match = { method: "GET", path: "/api/0/teams/" };
  twin.faults.add({ match, effect: { kind: "status", status, retryAfterSeconds: 1 } });
  expect(await refusal(unlessTeamExists("brandvx", "platform", own()))).toContain("already exists");
});

test("an organization that is not there is no answer that its team is absent", async () => {
  const { twin } = await sentryWithProject();
  atSentry(twin.url);
  expect(await refusal(unlessTeamExists("another", "platform", own()))).toContain('there is no organization "another"');
});

test("keys of a project that is taken over are named by a preview, switched off ones not, and keep nothing from being made", async () => {
  const { twin, api } = await sentryWithProject();
  atSentry(twin.url);
  const path = "/api/0/projects/brandvx/operator-ui/keys/";
  const { id: off } = (await api.post(path, { name: "Old" })).body;
  await api.put(`${path}${off}/`, { isActive: false });
  const [{ id }] = (await api.get(path)).body.filter((key: { id: string }) => key.id !== off);
  await runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
    "project",
    "staging",
    true,
    "organization",
  );
  acceptHooks();
  const warn = vi.spyOn(log, "warn").mockResolvedValue();
  expect(await refusal(saysWhichKeysExist("brandvx", "operator-ui", "browser", "operator-ui (1)"))).toBeUndefined();
  const said = warn.mock.calls.flat().join();
  expect(said).toContain(`pulumi config set --stack staging --path sentryExisting.browserKey ${id}`);
  expect(said).not.toContain(off);
});

test("databases of the same name are told with a command for each", async () => {
  const { twin, api } = await upstash();
  vi.stubEnv("UPSTASH_EMAIL", "owner@example.com");
  vi.stubEnv("UPSTASH_API_KEY", "key");
  vi.stubEnv("UPSTASH_API_BASE_URL", twin.url);
  expect(await refusal(unlessDatabaseExists("brandvx", own()))).toBeUndefined();
  const made = [await api.post("/v2/redis/database", brandvx), await api.post("/v2/redis/database", brandvx)];
  const told = await refusal(unlessDatabaseExists("brandvx", own()));
  for (const { body } of made) expect(told).toContain(`--path redis.existing ${body.database_id}`);
  vi.stubEnv("UPSTASH_API_KEY", notGiven);
  expect(
    await refusal(unlessDatabaseExists("brandvx", own())),
    "an up makes nothing that it could not look for",
  ).toContain("this run was not given its key");
});

test("variables of others are named with the next free places of the list, and no value", async () => {
  const { twin } = await pagesProject({ theirs: { VITE_SENTRY_DSN: plain("theirs"), MODE: plain("ours") } });
  vi.stubEnv("CLOUDFLARE_API_TOKEN", token);
  runtime.setConfig("cloudflare:baseUrl", `${twin.url}/client/v4`);
  const production = {
    VITE_SENTRY_DSN: plain("ours"),
    MODE: plain("ours"),
    SUPABASE_URL: plain("ours"),
    NEW: plain("x"),
  };
  const wanted = { accountId, projectName: "operator-ui", production, adopt: ["NEW"] };
  expect(await refusal(unlessForeignOnPages(wanted))).toBe(
    [
      'were not written by this stack: VITE_SENTRY_DSN, SUPABASE_URL in Pages project "operator-ui" (production); to let it write over them:',
      "    pulumi config set --stack staging --path 'pages.adopt[1]' VITE_SENTRY_DSN",
      "    pulumi config set --stack staging --path 'pages.adopt[2]' SUPABASE_URL",
      ...ifTainted,
    ].join("\n"),
  );
  expect(await refusal(unlessForeignOnPages({ ...wanted, projectName: "another" }))).toContain("no Pages project");
});

test("a variable of a service that is already as it is wanted is nobody else's", async () => {
  const { twin } = await renderService({ theirs: { SENTRY_DSN: "ours", REDIS_URL: "theirs" } });
  vi.stubEnv("RENDER_API_KEY", apiKey);
  runtime.setConfig("render:host", `${twin.url}/v1`);
  const secret = (value: string) => ({ visibility: "secret" as const, value });
  const variables = { SENTRY_DSN: secret("ours"), REDIS_URL: secret("ours") };
  const told = await refusal(unlessForeignOnRender({ serviceId, variables, adopt: [], deploy: "never" }));
  expect(told).toContain(`REDIS_URL in Render service ${serviceId}`);
  expect(told).not.toContain("SENTRY_DSN");
});

test("all that is found stands in one report, what is found twice once", () => {
  const one = { problem: "one already exists; to take it over:", commands: ["pulumi config set a b"] };
  const other = { problem: "not known: whether the other exists. Sentry answered 503", commands: [] };
  expect(obstacleReport("production", [one, other, one])).toMatchInlineSnapshot(`
    "2 things at the vendors keep stack "production" from being deployed as it is
      one already exists; to take it over:
          pulumi config set a b
      not known: whether the other exists. Sentry answered 503
    What is not this stack's is not to be taken over: name another one (docs/settings.md)."
  `);
});

test.each([
  ["true", "pulumi config set --stack acme/production --path a.b true"],
  ["it's $HOME", `pulumi config set --stack acme/production --path a.b 'it'\\''s $HOME'`],
])("a command takes %j as a shell does", (value, command) => {
  expect(setCommand("acme/production", { path: "a.b", value })).toBe(command);
});
