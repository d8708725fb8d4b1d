import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { notGiven } from "../../../src/resources/kernel/not-given.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { inShell, printedCommands } from "../../support/shell.ts";
import { obs } from "../operate/obs.ts";

type Listed = { id: string; slug: string; name: string; database_id: string }[];
type Key = { id: string; dsn: { public: string } };

const pages = { project: "existing", accountId: localAccount.cloudflare.accountId, projectName: "operator-ui" };
const service = localAccount.render.serviceId;
const plain = (value: string) => ({ type: "plain_text", value });

let at: Awaited<ReturnType<typeof cloudStack>>;
let serverKey: string;
let made: { database_id: string };
/** The messages of the first preview. */
let printed: string[];
beforeAll(async () => {
  at = await cloudStack({ config: { pages, render: { serviceId: service, adopt: ["SENTRY_ENVIRONMENT"] } } });
  const hand = byHand(at.cloud);
  await hand.sentry("POST", "organizations/brandvx/teams/", { slug: "platform", name: "Platform people" });
  for (const slug of ["operator-ui", "backend"]) {
    await hand.sentry("POST", "teams/brandvx/platform/projects/", { name: slug, slug });
    await hand.sentry("PUT", `projects/brandvx/${slug}/`, { name: `${slug} of BrandVX`, platform: "python" });
  }
  // Its apps have already run, so Sentry knows the stage that alerts watch.
  await hand.sentry("POST", "organizations/brandvx/releases/", { version: "backend@1", projects: ["backend"] });
  await hand.sentry("POST", "organizations/brandvx/releases/backend@1/deploys/", { environment: "production" });
  const database = { database_name: "brandvx", platform: "aws", primary_region: "eu-west-1", budget: 55 };
  made = (await hand.upstash("POST", "database", { ...database, tls: true, eviction: false })) as typeof made;
  const { keys, serverKeys } = await world();
  serverKey = serverKeys[0]?.id ?? "";
  const env_vars = {
    VITE_SENTRY_DSN: plain(keys[0]?.dsn.public ?? ""),
    VITE_SENTRY_ENVIRONMENT: plain("test"),
    THEIRS: plain("stays"),
  };
  const configs = { preview: {}, production: { env_vars } };
  await hand.pages("POST", "", { name: "operator-ui", production_branch: "main", deployment_configs: configs });
  for (const [name, value] of [
    ["REDIS_URL", "redis://theirs"],
    ["SENTRY_DSN", "https://theirs@sentry.example/2"],
    ["SENTRY_ENVIRONMENT", "theirs"],
    ["THEIRS", "stays"],
  ] as const)
    await hand.render("PUT", `env-vars/${name}`, { value });
});
afterAll(() => at?.[Symbol.asyncDispose]());

const world = async () => {
  const hand = byHand(at.cloud);
  return {
    projects: await hand.sentry("GET", "organizations/brandvx/projects/"),
    keys: (await hand.sentry("GET", "projects/brandvx/operator-ui/keys/")) as Key[],
    serverKeys: (await hand.sentry("GET", "projects/brandvx/backend/keys/")) as Key[],
    filters: await hand.sentry("GET", "projects/brandvx/backend/filters/"),
    teams: (await hand.sentry("GET", "organizations/brandvx/teams/")) as Listed,
    databases: ((await hand.upstash("GET", "databases")) as Listed).map(({ database_id }) => database_id),
  };
};
/** The printed commands for resources that this stack did not create. */
const settings = (text: string) => printedCommands(text).filter((command) => command.startsWith("pulumi config"));
const writes = () => at.cloud.twins.flatMap(({ requests }) => requests.writes());

describe("what exists already at the vendors", () => {
  test("is told by one preview, all of it, with commands as a shell takes them; an up makes nothing of it", async () => {
    const { stack, cloud } = at;
    for (const { requests } of cloud.twins) requests.clear();
    const seen = await stack.pulumi("preview");
    expect(seen.exitCode, seen.text).not.toBe(0);
    printed = settings(seen.text);
    expect(printed.toSorted()).toEqual([
      `pulumi config set --stack test --path 'pages.adopt[0]' VITE_SENTRY_DSN`,
      `pulumi config set --stack test --path 'render.adopt[1]' SENTRY_DSN`,
      `pulumi config set --stack test --path 'render.adopt[2]' REDIS_URL`,
      `pulumi config set --stack test --path redis.existing ${made.database_id}`,
      "pulumi config set --stack test --path sentryExisting.browserProject true",
      "pulumi config set --stack test --path sentryExisting.serverProject true",
      "pulumi config set --stack test --path sentryExisting.team true",
    ]);
    expect(seen.text).not.toContain("theirs@");
    expect(writes()).toEqual([]);
    const up = await stack.up();
    expect(up.exitCode, up.text).not.toBe(0);
    const toSentryAndUpstash = [cloud.sentry, cloud.upstash].flatMap(({ requests }) => requests.writes());
    expect(toSentryAndUpstash, "neither makes anything at either vendor").toEqual([]);
  });

  test("is not known to a run without the vendor's key, or with a wrong one, which is not the same as absent", async () => {
    const keys = { UPSTASH_API_KEY: notGiven, RENDER_API_KEY: notGiven, SENTRY_TOKEN: `${localKeys.SENTRY_TOKEN}x` };
    const blind = await at.stack.pulumiWith(keys, "preview");
    expect(blind.exitCode, blind.text).not.toBe(0);
    expect(blind.text).toContain("warning: not known: whether the Redis database brandvx exists");
    expect(blind.text).toContain(`warning: not known: whether the Render service ${service} has variables of others`);
    expect(blind.text).toMatch(/^ +not known: whether the Sentry team platform exists.*does not accept the token/m);
    expect(settings(blind.text)).toEqual([`pulumi config set --stack test --path 'pages.adopt[0]' VITE_SENTRY_DSN`]);
  });

  test("is taken over by obs import and the printed commands, as it is: nothing is doubled", async () => {
    const { stack, cloud } = at;
    const before = await world();
    for (const { requests } of cloud.twins) requests.clear();
    const looked = await obs(stack, "import", "redis", "--stack", "test", "--dry-run", "--json");
    expect(looked.exitCode, looked.stderr).toBe(7);
    const { commands } = JSON.parse(looked.stdout) as { commands: string[] };
    expect(commands).toEqual([`pulumi config set --stack test --path redis.existing ${made.database_id}`]);
    const imported = await obs(stack, "import", "sentry", "--stack", "test", "--server-key", serverKey);
    expect(imported.exitCode, imported.stderr).toBe(0);
    expect(imported.stdout).toContain("5 things at Sentry are taken over by the next up");
    expect(writes(), "obs import writes nothing at a vendor").toEqual([]);
    const ofVariables = printed.filter((command) => command.includes("adopt["));
    for (const command of [...commands, ...ofVariables]) {
      const ran = await inShell(stack, command);
      expect(ran.exitCode, `${command}\n${ran.text}`).toBe(0);
    }
    const again = await obs(stack, "import", "sentry", "--stack", "test", "--dry-run");
    expect(again.exitCode, again.stdout).toBe(0);

    const planned = await stack.pulumi("preview", "--json");
    expect(planned.exitCode, planned.text).toBe(0);
    const { steps } = JSON.parse(planned.stdout) as { steps: { op: string; urn: string }[] };
    const opsOf = (type: string) => steps.flatMap(({ op, urn }) => (urn.includes(`:${type}::`) ? op : []));
    expect(opsOf("SentryTeam")).toEqual(["import"]);
    expect(opsOf("SentryProject")).toEqual(["import", "import"]);
    expect(opsOf("SentryKey")).toEqual(["import", "import"]);
    expect(opsOf("RedisDatabase")).toEqual(["import"]);

    const up = await stack.up();
    expect(up.exitCode, up.text).toBe(0);
    expect(await world(), "nothing is doubled, and nothing of what was there is changed").toEqual(before);
    expect(cloud.cloudflare.variables("operator-ui")?.THEIRS).toMatchObject({ value: "stays" });
    expect(cloud.render.variables(service)).toMatchObject({ THEIRS: "stays", SENTRY_ENVIRONMENT: "test" });
    const [key, serversKey] = [before.keys[0], before.serverKeys[0]];
    expect(cloud.cloudflare.variables("operator-ui")?.VITE_SENTRY_DSN?.value, "as before").toBe(key?.dsn.public);
    expect(cloud.render.variables(service)?.SENTRY_DSN, "that of the key that was named").toBe(serversKey?.dsn.public);
    const clean = await stack.pulumi("preview", "--expect-no-changes");
    expect(clean.exitCode, clean.text).toBe(0);
    const refreshed = await stack.refreshPreview();
    expect(refreshed.exitCode, refreshed.text).toBe(0);
  });

  test("is looked at, too, where a resource that stands wants more than before", async () => {
    const { stack, cloud } = at;
    const hand = byHand(cloud);
    await hand.render("PUT", "env-vars/SENTRY_TRACES_SAMPLE_RATE_OLD", { value: "1" });
    const entry = (text: string) => /^ {2}SENTRY_TRACES_SAMPLE_RATE: \{[\s\S]*?^ {2}\},\n/m.exec(text)?.[0] ?? "";
    const anotherOne = (text: string) => entry(text).replace("SAMPLE_RATE:", "SAMPLE_RATE_OLD:");
    stack.edit("src/catalog/environment.ts", (text) => text.replace(entry(text), entry(text) + anotherOne(text)));
    const seen = await stack.pulumi("preview");
    expect(seen.exitCode, seen.text).not.toBe(0);
    expect(settings(seen.text)).toEqual([
      `pulumi config set --stack test --path 'render.adopt[3]' SENTRY_TRACES_SAMPLE_RATE_OLD`,
    ]);
    stack.edit("src/catalog/environment.ts", (text) => text.replace(anotherOne(text), ""));
  });

  test("stays when the stack is destroyed; the variables that the stack has written go with it", async () => {
    const { stack, cloud } = at;
    const before = await world();
    const gone = await stack.destroy();
    expect(gone.exitCode, gone.text).toBe(0);
    expect(await world(), "it outlives the stack").toEqual(before);
    expect(Object.keys(cloud.render.variables(service) ?? {})).toEqual(["THEIRS", "SENTRY_TRACES_SAMPLE_RATE_OLD"]);
    expect(Object.keys(cloud.cloudflare.variables("operator-ui") ?? {})).toEqual(["THEIRS"]);
  });
});
