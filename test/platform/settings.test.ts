import { describe, expect, test } from "vitest";
import * as z from "zod";
import { insightAlerts, sentryAlerts, subscriptions } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import type { SubscriptionDefinition } from "../../src/alerts/posthog/index.ts";
import { event } from "../../src/catalog/event.ts";
import { events } from "../../src/catalog/events.ts";
import { nameOf } from "../../src/operate/release/command.ts";
import { reportFindings } from "../../src/platform/settings/findings.ts";
import { type Content, findSettings } from "../../src/platform/settings/index.ts";
import type { SettingsReader } from "../../src/platform/settings/reader.ts";
import { plainSettings } from "../../src/platform/settings/schema.ts";

const teams = {
  ai: { emails: ["ai@b.co"] },
  growth: { emails: ["g@b.co"] },
  messaging: { emails: ["m@b.co"] },
  platform: { emails: ["p@b.co"] },
};

const complete: Record<string, string> = {
  "posthog:projectId": "42",
  "posthog:projectKey": "phc_1",
  teams: JSON.stringify(teams),
  redis: JSON.stringify({ primaryRegion: "us-east-1", budget: 20 }),
  pages: JSON.stringify({ accountId: "0".repeat(32), projectName: "operator-ui" }),
  render: JSON.stringify({ serviceId: "srv-1" }),
  sentryOrganization: "brandvx",
};

const keys = {
  POSTHOG_PERSONAL_API_KEY: "phx_1",
  SENTRY_TOKEN: "sntrys_1",
  UPSTASH_EMAIL: "a@b.co",
  UPSTASH_API_KEY: "1",
  CLOUDFLARE_API_TOKEN: "1",
  RENDER_API_KEY: "rnd_1",
};

function sources(config: Record<string, string | undefined>, env: Record<string, string> = keys): SettingsReader {
  return { stack: "production", config: (key) => config[key], hasSecret: (key) => key in config, env };
}

const sentryPair = { SENTRY_TOKEN: "sntrys_1", SENTRY_AUTH_TOKEN: "sntrys_2" };

const content: Content = { events, dashboards, insightAlerts, sentryAlerts };
const problemsWith = (changes: Partial<typeof content>) =>
  findSettings({ ...content, ...changes }, sources(complete)).findings.map(({ problem }) => problem);
const problems = (given: SettingsReader) => findSettings(content, given).findings.map(({ problem }) => problem);

describe("the webhooks of teams", () => {
  const address = "https://hooks.example/marked-secret";
  const given = (teamWebhooks: string, isPlain = false) =>
    findSettings(content, {
      ...sources({ ...complete, teamWebhooks }),
      isPlain: (key) => isPlain && key === "teamWebhooks",
    });

  test("belong to the team's people", () => {
    const { settings } = given(JSON.stringify({ platform: address }));
    expect(settings?.teams.platform).toEqual({ emails: ["p@b.co"], webhook: address });
  });

  test.for<[string, string, boolean]>([
    ["teamWebhooks is stored in clear", JSON.stringify({ platform: address }), true],
    ["teamWebhooks.platform is not an http(s) address", JSON.stringify({ platform: "marked-secret" }), false],
    ["teamWebhooks.platfrom is not of a team", JSON.stringify({ platfrom: address }), false],
    ["teamWebhooks is not a group of addresses", "marked-secret", false],
  ])("are refused without a word of their addresses: %s", ([words, value, isPlain]) => {
    const found = given(value, isPlain).findings.map(({ problem, fix }) => `${problem} | ${fix}`);
    expect(found).toEqual([expect.stringContaining(words)]);
    expect(found.join()).not.toContain("marked-secret");
  });
});

describe("the key for feature flags", () => {
  const key = "posthog:flagsKey";
  const given = (value: string, isPlain = false) =>
    findSettings(content, { ...sources({ ...complete, [key]: value }), isPlain: (name) => isPlain && name === key });

  test("reaches the backend's variables", () => {
    expect(given("phs_0123456789").settings?.posthog.flagsKey).toBe("phs_0123456789");
    expect(findSettings(content, sources(complete)).settings?.posthog.flagsKey).toBeUndefined();
  });

  test.for<[string, string, boolean]>([
    ["posthog:flagsKey is stored in clear", "phs_marked_secret", true],
    ["posthog:flagsKey must be a key for feature flags (phs_…)", "phx_marked_secret", false],
    ["posthog:flagsKey must be a key for feature flags (phs_…)", "", false],
  ])("is refused without a word of it: %s", ([words, value, isPlain]) => {
    const found = given(value, isPlain).findings.map(({ problem, fix }) => `${problem} | ${fix}`);
    expect(found).toEqual([expect.stringContaining(words)]);
    expect(found.join()).not.toContain("marked_secret");
  });
});

describe("the settings of a stack", () => {
  test("are read when everything is there", () => {
    expect(findSettings(content, sources(complete)).settings).toMatchObject({
      stage: "production",
      posthog: {
        host: "https://us.posthog.com",
        projectId: 42,
        projectKey: "phc_1",
        ingestHost: "https://us.i.posthog.com",
      },
      redis: { databaseName: "brandvx", protect: true },
      pages: { project: "existing", protect: true },
      teams,
    });
  });

  test("name the release of a run where releases are marked, the environment's first", () => {
    const release = (config: Record<string, string>, env: Record<string, string> = {}) =>
      findSettings(content, sources({ ...complete, ...config }, { ...keys, ...env })).settings?.release;
    expect(release({ release: "backend@1.0" }, { RELEASE: "backend@1.1" })).toBeUndefined();
    expect(release({ markReleases: "true" }, { RELEASE: "" })).toEqual({ release: undefined, commit: undefined });
    const run = { RELEASE: "backend@1.1", RELEASE_COMMIT: "1a2b3c4" };
    expect(release({ markReleases: "true", release: "backend@1.0" }, run)).toEqual({
      release: "backend@1.1",
      commit: "1a2b3c4",
    });
    expect(problems(sources({ ...complete, markReleases: "true" }, { ...keys, RELEASE_COMMIT: "main" }))).toEqual([
      'RELEASE_COMMIT is not a commit of 7 to 40 hexadecimal digits (it is "main")',
    ]);
  });

  test.each([
    ["web-1.4.2", "does not begin with its app"],
    ["1.4.2", "does not begin with its app"],
    ["operator-ui-1.4.2", "does not begin with its app"],
    ["Backend@1.4.2", "does not begin with its app"],
    ["operator-ui@feature/x", "is not 1 to 100 letters, digits and . _ @ + -"],
    ["backend@1.4.2\nx", "is not 1 to 100 letters, digits and . _ @ + -"],
    [`backend@${"1".repeat(93)}`, "is not 1 to 100 letters, digits and . _ @ + -"],
  ])("refuse a release that obs release would refuse after it was marked in PostHog: %j", (name, words) => {
    const marking = { ...complete, markReleases: "true" };
    expect(() => nameOf({ release: name })).toThrow();
    const byVariable = findSettings(content, sources(marking, { ...keys, RELEASE: name })).findings;
    expect(byVariable.map(({ problem, fix }) => `${problem} | ${fix}`)).toEqual([
      expect.stringMatching(/^RELEASE .* \| export RELEASE='operator-ui@<version or commit>'$/),
    ]);
    expect(byVariable[0]?.problem).toContain(words);
    const bySetting = findSettings(content, sources({ ...marking, release: name })).findings;
    expect(bySetting.map(({ fix }) => fix)).toEqual([
      "pulumi config set --stack production release 'operator-ui@<version or commit>'",
    ]);
  });

  test("refuse a release whose version came out empty", () => {
    const marking = sources({ ...complete, markReleases: "true" }, { ...keys, RELEASE: "operator-ui@" });
    expect(problems(marking)).toEqual([expect.stringContaining("or has no version after its @")]);
  });

  test.each(["operator-ui@1.4.2", "backend@3f2a9c1", "operator-ui@local", `backend@${"1".repeat(92)}`])(
    "take a release that obs release takes: %s",
    (name) => {
      expect(nameOf({ release: name }).version).toBe(name);
      const marking = sources({ ...complete, markReleases: "true" }, { ...keys, RELEASE: name });
      expect(findSettings(content, marking)).toMatchObject({ findings: [], settings: { release: { release: name } } });
    },
  );

  test("take the key from the encrypted configuration where the environment has none", () => {
    const withSecret = sources(
      { ...complete, "posthog:personalApiKey": "(encrypted)" },
      { ...keys, POSTHOG_PERSONAL_API_KEY: "" },
    );
    expect(findSettings(content, withSecret).findings).toEqual([]);
  });

  test("are reported all at once when they are missing, each with what mends it", () => {
    const { findings } = findSettings(content, sources({}, {}));
    expect(reportFindings("production", findings)).toMatchInlineSnapshot(`
      "18 things keep stack "production" from being previewed
        posthog:projectKey is not set                                    pulumi config set --stack production posthog:projectKey phc_…    (in PostHog: Settings > Project > Project API key; it is public)
        posthog:projectId is not set                                     pulumi config set --stack production posthog:projectId <number>    (in PostHog: Settings > Project > Project ID)
        sentryOrganization is not set                                    pulumi config set --stack production sentryOrganization <slug>    (in the address of your pages in Sentry: https://<slug>.sentry.io)
        POSTHOG_PERSONAL_API_KEY is not set                              export POSTHOG_PERSONAL_API_KEY=…    (a personal API key (phx_…) with the scopes dashboard:write, insight:write, alert:write, hog_function:write, integration:read, organization_member:read, event_definition:write, annotation:write, feature_flag:write, project:write, subscription:write, event_filter:write, query:read), or pulumi config set --stack production --secret posthog:personalApiKey
        SENTRY_TOKEN is not set                                          export SENTRY_TOKEN=…    (an auth token with the scopes org:read, member:read, team:admin, project:admin, alerts:write), or pulumi config set --stack production --secret sentry:token
        UPSTASH_EMAIL is not set                                         export UPSTASH_EMAIL=…    (the e-mail address of the account), or pulumi config set --stack production --secret upstash:email
        UPSTASH_API_KEY is not set                                       export UPSTASH_API_KEY=…    (a management API key: in Upstash, Account > Management API), or pulumi config set --stack production --secret upstash:apiKey
        CLOUDFLARE_API_TOKEN is not set                                  export CLOUDFLARE_API_TOKEN=…    (an API token with the permission Cloudflare Pages: Edit), or pulumi config set --stack production --secret cloudflare:apiToken
        RENDER_API_KEY is not set                                        export RENDER_API_KEY=…    (an API key (rnd_…): in Render, Account Settings > API Keys), or pulumi config set --stack production --secret render:apiKey
        redis.primaryRegion is not set                                   pulumi config set --stack production --path 'redis.primaryRegion' us-east-1    (the region next to the backend's; it cannot be changed later)
        redis.budget is not set                                          pulumi config set --stack production --path 'redis.budget' 20    (US dollars a month, or "free" on the free plan)
        pages.accountId is not set                                       pulumi config set --stack production --path 'pages.accountId' <32 hexadecimal digits>    (in the address of Cloudflare's dashboard)
        pages.projectName is not set                                     pulumi config set --stack production --path 'pages.projectName' operator-ui    (in Cloudflare: Workers & Pages)
        render.serviceId is not set                                      pulumi config set --stack production --path 'render.serviceId' srv-…    (in the service's address in Render's dashboard)
        alerts tell the team "messaging", which has no e-mail address    pulumi config set --stack production --path 'teams.messaging.emails[0]' <e-mail>
        alerts tell the team "platform", which has no e-mail address     pulumi config set --stack production --path 'teams.platform.emails[0]' <e-mail>
        alerts tell the team "ai", which has no e-mail address           pulumi config set --stack production --path 'teams.ai.emails[0]' <e-mail>
        alerts tell the team "growth", which has no e-mail address       pulumi config set --stack production --path 'teams.growth.emails[0]' <e-mail>"
    `);
  });

  test("name the value that is wrong, but never a key", () => {
    const wrong = sources(
      { ...complete, "posthog:host": "us.posthog.com", "posthog:projectId": "abc" },
      { ...keys, POSTHOG_PERSONAL_API_KEY: "phc_secret" },
    );
    expect(problems(wrong)).toEqual([
      'posthog:host is not an http(s) address (it is "us.posthog.com")',
      'posthog:projectId is not a number (it is "abc")',
      "POSTHOG_PERSONAL_API_KEY is a project key (phc_…), which can only send events",
    ]);
  });

  test("refuse a key that is stored in clear", () => {
    const given = {
      ...sources({ ...complete, "render:apiKey": "rnd_2" }),
      isPlain: (key: string) => key === "render:apiKey",
    };
    expect(problems(given)).toEqual(["render:apiKey is stored in clear"]);
  });

  test("refuse the address that events are sent to", () => {
    expect(problems(sources({ ...complete, "posthog:host": "https://us.i.posthog.com" }))).toEqual([
      'posthog:host is where events are sent to, not the app\'s address (it is "https://us.i.posthog.com")',
    ]);
  });

  test("say which team an alert would tell although nobody is in it", () => {
    const { ai: _, ...others } = teams;
    expect(problems(sources({ ...complete, teams: JSON.stringify(others) }))).toEqual([
      'alerts tell the team "ai", which has no e-mail address',
    ]);
    expect(
      problems(sources({ ...complete, teams: JSON.stringify({ ...teams, ai: { emails: ["nobody"] } }) }))[0],
    ).toContain("teams.ai.emails.0 is not an e-mail address");
  });

  test("refuse a catalog that lets an e-mail address out, in whatever it is wrapped", () => {
    const email = { type: z.string(), meaning: "Whose it is", privacy: "plain" } as const;
    const asked = { source: "browser", purpose: "Somebody asks", owner: "ai" } as const;
    const deep = { ...email, type: z.array(z.object({ to: z.object({ E_mail: z.string() }) })).optional() };
    const leaking = {
      ...events,
      "help.asked": event({ ...asked, properties: { email } }),
      "help.sent": event({ ...asked, properties: { message: deep } }),
      help: event({ ...asked, properties: {} }),
    };
    expect(problemsWith({ events: leaking })).toEqual([
      'src/catalog/events.ts  event "help.asked"  property "email"  the property email of help.asked has a name that must never leave BrandVX',
      'src/catalog/events.ts  event "help.sent"  property "message"  the property message of help.sent has "E_mail" in it, a name that must never leave BrandVX',
      'src/catalog/events.ts  event "help"  the event name help is not dot.case',
    ]);
  });

  test("refuse two apps with one project at Sentry, and a database's name that Upstash may not take", () => {
    const given = { ...complete, sentryBrowserProject: "app", sentryServerProject: "app" };
    expect(problems(sources(given))).toEqual([
      'sentryBrowserProject and sentryServerProject are both "app": each app has a project of its own',
    ]);
    const redis = { databaseName: "x".repeat(41), primaryRegion: "us-east-1", budget: 20 };
    expect(problems(sources({ ...complete, redis: JSON.stringify(redis) }))[0]).toContain(
      "redis.databaseName has more than 40 characters",
    );
  });

  test("refuse a second alert without a key on one tile, and names that the vendors would refuse", () => {
    const [alert] = insightAlerts;
    const [watch] = sentryAlerts;
    if (!alert || !watch) throw new Error("there are no alerts");
    const named = { ...watch, key: "too-long", name: "x".repeat(257) };
    expect(problemsWith({ insightAlerts: [...insightAlerts, { ...alert, name: "y".repeat(256) }] })).toEqual([
      expect.stringContaining("has a name that has 256 characters"),
      expect.stringMatching(/is on the tile .* without a key, as .* is/),
    ]);
    expect(problemsWith({ sentryAlerts: [...sentryAlerts, named] })).toEqual([
      expect.stringContaining("has a name that has 257 characters"),
    ]);
  });
});

test("schemas of events are not made unless the stack says so, since older releases of PostHog have none", () => {
  const found = (config: Record<string, string>) => findSettings(content, sources({ ...complete, ...config }));
  expect(found({}).settings?.eventSchemas).toBe(false);
  expect(found({ posthogEventSchemas: "true" }).settings?.eventSchemas).toBe(true);
  expect(found({ posthogEventSchemas: "maybe" }).findings).toMatchObject([
    { problem: 'posthogEventSchemas is neither true nor false (it is "maybe")' },
  ]);
});

describe("the subscriptions", () => {
  const [weekly] = subscriptions;
  if (!weekly) throw new Error("there is no subscription");
  const found = (given: SubscriptionDefinition, config: Record<string, string>) => {
    const { settings, findings } = findSettings(
      { ...content, subscriptions: [given] },
      sources({ ...complete, ...config }),
    );
    return { made: settings?.subscriptions, problems: findings.map(({ problem }) => problem) };
  };

  test("are not made unless the stack says so, since a free plan of PostHog refuses them", () => {
    expect(found(weekly, {})).toEqual({ made: [], problems: [] });
    expect(found(weekly, { posthogSubscriptions: "true" })).toEqual({ made: [weekly], problems: [] });
    expect(found({ ...weekly, to: ["ai"], by: "Slack" }, {}).problems).toEqual([]);
  });

  test("name what the stack lacks for them", () => {
    const on = { posthogSubscriptions: "true" };
    const toSlack = found({ ...weekly, by: "Slack" }, on);
    expect(toSlack.problems).toEqual([
      'the subscription "Activation, week by week" goes to Slack, where the team "growth" has no channel',
      'the subscription "Activation, week by week" goes to Slack, and posthogSlackIntegrationId is not set',
    ]);
    const withoutEmails = JSON.stringify({ ...teams, growth: { slackChannel: "#growth" } });
    expect(found(weekly, { ...on, teams: withoutEmails }).problems).toContain(
      'the subscription "Activation, week by week" goes to the team "growth", which has no e-mail address',
    );
    expect(found(weekly, { posthogSubscriptions: "maybe" }).problems).toEqual([
      'posthogSubscriptions is neither true nor false (it is "maybe")',
    ]);
  });
});

describe("two keys of one vendor are a finding", () => {
  test.for<[string, Record<string, string>, Record<string, string>, string]>([
    ["two variables that differ", sentryPair, {}, "SENTRY_TOKEN and SENTRY_AUTH_TOKEN are both set, and differ"],
    ["a variable and the configuration", {}, { "sentry:token": "x" }, "SENTRY_TOKEN and sentry:token are both set"],
    ["the same for Upstash", {}, { "upstash:apiKey": "x" }, "UPSTASH_API_KEY and upstash:apiKey are both set"],
    ["the same for Cloudflare", {}, { "cloudflare:apiToken": "x" }, "CLOUDFLARE_API_TOKEN and cloudflare:apiToken"],
    ["Cloudflare's older key", { CLOUDFLARE_API_KEY: "x" }, {}, "CLOUDFLARE_API_KEY is set beside the API token"],
    ["its service key", { CLOUDFLARE_API_USER_SERVICE_KEY: "x" }, {}, "CLOUDFLARE_API_USER_SERVICE_KEY is set"],
    ["the same in the configuration", {}, { "cloudflare:apiKey": "x" }, "cloudflare:apiKey is set beside"],
  ])("%s", ([, env, config, problem]) => {
    const found = problems(sources({ ...complete, ...config }, { ...keys, ...env }));
    expect(found).toEqual([expect.stringContaining(problem)]);
  });

  test("but not the same one twice, nor one that is given in the configuration alone", () => {
    expect(problems(sources(complete, { ...keys, SENTRY_AUTH_TOKEN: keys.SENTRY_TOKEN }))).toEqual([]);
    const { SENTRY_TOKEN: _, ...others } = keys;
    expect(problems(sources({ ...complete, "sentry:token": "x" }, others))).toEqual([]);
  });
});

describe("an address that keys are not sent to is a finding", () => {
  test.for<[Record<string, string>, Record<string, string>, string]>([
    [{ "posthog:host": "https://us.posthog.com.evil.example" }, {}, "posthog:host is not PostHog's own"],
    [{ "sentry:baseUrl": "http://sentry.io" }, {}, "sentry:baseUrl is not encrypted"],
    [{ "cloudflare:baseUrl": "https://evil.example/client/v4" }, {}, "cloudflare:baseUrl is not Cloudflare's own"],
    [{ "render:host": "https://evil.example/v1" }, {}, "render:host is not Render's own"],
    [{}, { SENTRY_BASE_URL: "https://evil.example" }, "SENTRY_BASE_URL is set, and sentry:baseUrl is not"],
    [{}, { CLOUDFLARE_BASE_URL: "https://evil.example" }, "CLOUDFLARE_BASE_URL is set, and cloudflare:baseUrl is not"],
  ])("%s %s", ([config, env, problem]) => {
    expect(problems(sources({ ...complete, ...config }, { ...keys, ...env }))).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  test("unless the environment allows its host", () => {
    const config = { ...complete, "sentry:baseUrl": "https://sentry.brandvx.io" };
    expect(problems(sources(config, { ...keys, OBS_ALLOWED_HOSTS: "sentry.brandvx.io" }))).toEqual([]);
  });
});

test("a run may be without a key of which it says so", () => {
  const without = { UPSTASH_EMAIL: "not-given", UPSTASH_API_KEY: "not-given", RENDER_API_KEY: "not-given" };
  expect(problems(sources(complete, { ...keys, ...without }))).toEqual([]);
});

describe("what is set by mistake is told with its value's kind, never with a credential", () => {
  const set = (config: Record<string, string>, env: Record<string, string> = keys) =>
    findSettings(content, {
      ...sources({ ...complete, ...config }, env),
      keys: () => Object.keys({ ...complete, ...config }),
    }).findings.map(({ problem, fix }) => `${problem} | ${fix}`);

  test.for([
    ["posthog:projectKye", "did you mean posthog:projectKey?"],
    ["sentryOrganisation", "did you mean sentryOrganization?"],
    ["sentry:baseUlr", "did you mean sentry:baseUrl?"],
    ["render:serviceID", "nobody reads it"],
  ])("a setting that nobody reads: %s", ([key = "", words = ""]) => {
    const [found, ...others] = set({ [key]: "x" });
    expect(others).toEqual([]);
    expect(found).toContain(`${key} is not a setting: ${words}`);
    expect(found).toContain(`pulumi config rm --stack production ${key}`);
  });

  test("settings of the vendors' plugins and of other tools are theirs", () => {
    expect(
      set(
        { "cloudflare:maxBackoff": "3", "aws:region": "us-east-1", "sentry:token": "1" },
        { ...keys, SENTRY_TOKEN: "" },
      ),
    ).toEqual([]);
  });

  test.for([
    ["POSTHOG_PERSONAL_API_KEY", " phx_marked0123456789", "has a space or a line break around it"],
    ["SENTRY_TOKEN", "sntrys_marked0123456789\n", "has a space or a line break around it"],
    ["RENDER_API_KEY", '"rnd_marked0123456789"', "has quotes around it"],
    ["CLOUDFLARE_API_TOKEN", "marked 0123456789", "has a space or a line break in it"],
  ])("a key that was pasted with something: %s", ([name = "", value = "", words = ""]) => {
    const [found, ...others] = set({}, { ...keys, [name]: value });
    expect(others).toEqual([]);
    expect(found).toContain(`${name} ${words}`);
    expect(found).not.toContain("marked");
  });

  test("host and ingestion host of different regions", () => {
    expect(set({ "posthog:host": "https://eu.posthog.com" })).toEqual([
      expect.stringContaining("posthog:host is of the region eu, posthog:ingestHost of us"),
    ]);
    expect(set({ "posthog:host": "https://eu.posthog.com", "posthog:ingestHost": "https://eu.i.posthog.com" })).toEqual(
      [],
    );
  });

  test.for<[string, Record<string, string>]>([
    [
      "redis.databaseName is not a text (it is 3)",
      { redis: '{"databaseName":3,"primaryRegion":"us-east-1","budget":20}' },
    ],
    ["redis.readRegions is not a list", { redis: '{"readRegions":"eu","primaryRegion":"us-east-1","budget":20}' }],
    [
      "redis.buget is not a setting: did you mean budget?",
      { redis: '{"buget":1,"primaryRegion":"us-east-1","budget":20}' },
    ],
    ["redis is not a group of settings", { redis: "20" }],
    ["pages.accountId is not a text (it is 5)", { pages: '{"accountId":5,"projectName":"operator-ui"}' }],
    [
      "teams.platform.slackChannel is not a text",
      { teams: JSON.stringify({ ...teams, platform: { emails: ["p@b.co"], slackChannel: 5 } }) },
    ],
    [
      "teams.platform has parts that nobody reads: email",
      { teams: JSON.stringify({ ...teams, platform: { emails: ["p@b.co"], email: "x" } }) },
    ],
  ])("%s", ([words, config]) => {
    const found = set(config).join("\n");
    expect(found).toContain(words);
    expect(found).not.toMatch(/Invalid|expected|received|Unrecognized/);
  });

  test("of every setting, whatever is wrong with it: no word of a library, and the value that was given", () => {
    for (const key of plainSettings)
      for (const wrong of [
        "",
        " ",
        "x y",
        "-1",
        "1.5",
        "1e9",
        "true ",
        "{}",
        "[1]",
        "http://",
        "ftp://a.b",
        "é".repeat(300),
        "null",
      ]) {
        const found = set({ [key]: wrong }).filter((one) => one.startsWith(key));
        for (const finding of found)
          expect(finding, `${key}=${wrong}`).not.toMatch(/Invalid|[Ee]xpected|received|Too (small|big)|undefined|NaN/);
      }
  });

  test.for([
    "phx_marked0123456789",
    "sntrys_marked0123456789",
    "rediss://default:marked@x.upstash.io:6379",
    "https://user:marked@x.example",
  ])("a credential in the wrong place is not shown: %s", (credential) => {
    for (const key of ["posthog:projectKey", "posthog:host", "sentryOrganization", "posthog:projectId"])
      expect(set({ [key]: credential }).join("\n")).not.toContain("marked");
    expect(set({ render: JSON.stringify({ serviceId: credential }) }).join("\n")).not.toContain("marked");
  });
});
