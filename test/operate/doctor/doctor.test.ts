import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import { startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { startUpstashTwin } from "../../../src/local/twins/upstash/index.ts";
import type { Access } from "../../../src/operate/access/access.ts";
import { liveVariables } from "../../../src/operate/access/apps.ts";
import { PostHogQueries } from "../../../src/operate/access/posthog.ts";
import { SentryIssues } from "../../../src/operate/access/sentry.ts";
import { runChecks } from "../../../src/operate/checks/check.ts";
import { checkPage, checkReport } from "../../../src/operate/checks/report.ts";
import { symptoms } from "../../../src/operate/doctor/command.ts";
import type { DoctorContext } from "../../../src/operate/doctor/context.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { UpstashApi } from "../../../src/resources/upstash/api.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { type Deployed, deployed, marked } from "../support/deployed.ts";

interface Asked {
  skip?: readonly string[];
  regions?: Record<string, string>;
  access?: Partial<Access>;
  upstash?: UpstashApi;
}

/** An address where nothing listens any more. */
async function closedPort(): Promise<string> {
  const twin = await startPosthogTwin();
  await twin.stop();
  return twin.url;
}

/** The doctor's findings after a test broke something. */
async function diagnose(at: Deployed, { skip = ["redis"], regions = {}, access: change = {}, upstash }: Asked = {}) {
  const access = { ...at.access, ...change };
  const context: DoctorContext = {
    ...{ access, regions, healthUrl: access.healthUrl, now: Date.now, signal: new AbortController().signal },
    ...{ appsRun: true, redisAuthority: undefined, upstash },
    apps: await liveVariables(access),
    posthog: access.keys.posthog === undefined ? undefined : new PostHogQueries(access),
    sentry: access.keys.sentry === undefined ? undefined : new SentryIssues(access),
  };
  const report = checkReport(access.stack, await runChecks(symptoms, context, skip));
  const wrong = report.checks.flatMap(({ results }) => results.filter(({ outcome }) => outcome === "fails"));
  return { report, wrong, page: markdown(checkPage(report)) };
}

test("nothing is wrong where everything works", async () => {
  await using at = await deployed();
  expect((await diagnose(at)).wrong).toEqual([]);
});

describe("PostHog answers 401, or shows nothing, because", () => {
  test("the key is of another region", async () => {
    await using at = await deployed();
    const eu = await startPosthogTwin({ projectKey: "phc_of_europe_0123456789" });
    onTestFinished(() => eu.stop());
    const projectKey = "phc_of_europe_0123456789";
    await at.setRender("POSTHOG_API_KEY", projectKey);
    await at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: projectKey });
    const { wrong } = await diagnose(at, {
      regions: { us: at.posthog.url, eu: eu.url },
      access: { posthog: { ...at.access.posthog, projectKey } },
    });
    expect(wrong).toMatchObject([{ what: "Events of the browser app" }, { what: "Events of the server app" }]);
    expect(wrong[0]?.evidence).toBe(
      `${at.posthog.url} does not know the key, ${eu.url} does: the key belongs to the region eu`,
    );
    expect(wrong[0]?.fix).toContain(`posthog:ingestHost ${eu.url}`);
  });

  test("an app has another value than the stack: then the settings are right, and stay", async () => {
    await using at = await deployed();
    const eu = await startPosthogTwin({ projectKey: "phc_of_europe_0123456789" });
    onTestFinished(() => eu.stop());
    await at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: "phc_of_europe_0123456789" });
    await at.setRender("POSTHOG_HOST", eu.url);
    const { wrong } = await diagnose(at, { regions: { us: at.posthog.url, eu: eu.url } });
    expect(wrong.map(({ evidence }) => evidence.split("; ").at(-1))).toEqual([
      "`VITE_POSTHOG_KEY` is not what the stack says",
      "`POSTHOG_HOST` is not what the stack says",
    ]);
    for (const { fix } of wrong) expect(fix).not.toContain("config set");
  });

  test.for([
    ["there is no DNS here", "https://no-such-host.invalid", /this machine finds no address/, /nslookup/],
    ["a port is refused", "closed", /nothing listens at that port/, /posthog:ingestHost/],
  ] as const)("%s", async ([, where, evidence, fix]) => {
    await using at = await deployed();
    const host = where === "closed" ? await closedPort() : where;
    await at.setPages("VITE_POSTHOG_HOST", { type: "plain_text", value: host });
    await at.setRender("POSTHOG_HOST", host);
    const access = { posthog: { ...at.access.posthog, ingestHost: host } };
    const { wrong } = await diagnose(at, { skip: ["redis", "keys", "sentry"], access });
    expect(wrong).toHaveLength(2);
    for (const one of wrong) {
      expect(one.evidence).toMatch(evidence);
      expect(one.fix).toMatch(fix);
    }
  });

  test("the key is of no project at all", async () => {
    await using at = await deployed();
    await at.setPages("VITE_POSTHOG_KEY", { type: "plain_text", value: "phc_of_nobody_0123456789" });
    const { wrong } = await diagnose(at);
    expect(wrong).toMatchObject([
      { what: "Events of the browser app", evidence: expect.stringContaining("no other region does") },
    ]);
  });

  test.each([
    ["a personal key", marked.posthog, "is a key that manages the project"],
    ["the key for feature flags", marked.flagsKey, "is the project's secret key"],
  ])("%s was given to an app as the key that sends events", async (_, key, words) => {
    await using at = await deployed();
    await at.setRender("POSTHOG_API_KEY", key);
    const { wrong, page } = await diagnose(at);
    expect(wrong[0]?.evidence).toContain(words);
    expect(page).not.toContain(key);
  });

  test("the host is the address that PostHog has given up", async () => {
    await using at = await deployed();
    await at.setPages("VITE_POSTHOG_HOST", { type: "plain_text", value: "https://app.posthog.com" });
    const { wrong } = await diagnose(at);
    expect(wrong).toMatchObject([
      { evidence: expect.stringContaining("https://app.posthog.com, which PostHog has shut down") },
    ]);
  });

  test("the host is something else", async () => {
    await using at = await deployed();
    await at.setPages("VITE_POSTHOG_HOST", { type: "plain_text", value: at.sentry.url });
    expect((await diagnose(at)).wrong[0]?.evidence).toContain("that is not where PostHog takes events");
  });

  test("the two addresses are of different regions", async () => {
    await using at = await deployed();
    const posthog = { ...at.access.posthog, host: "https://us.posthog.com", ingestHost: "https://eu.i.posthog.com" };
    const { wrong } = await diagnose(at, {
      skip: ["redis", "capture"],
      access: { posthog, keys: { ...at.access.keys, posthog: undefined } },
    });
    expect(wrong).toMatchObject([
      { what: "PostHog's two addresses", fix: expect.stringContaining("https://us.i.posthog.com") },
    ]);
  });

  test("the variable is missing", async () => {
    await using at = await deployed();
    await at.setPages("VITE_POSTHOG_KEY", null);
    expect((await diagnose(at)).wrong).toMatchObject([
      { evidence: "`VITE_POSTHOG_KEY` has no value: the app sends nothing" },
    ]);
  });
});

describe("Sentry is silent, because", () => {
  const ownKey = async (at: Deployed): Promise<string> => {
    const keys = (await at.sentryApi("GET", "projects/brandvx/backend/keys/")) as { id: string; name: string }[];
    return keys.find(({ name }) => name === "backend")?.id ?? "";
  };

  test.for<[string, (at: Deployed) => Promise<unknown>, string]>([
    ["no DSN is set", (at) => at.setRender("SENTRY_DSN", null), "`SENTRY_DSN` has no value"],
    ["what is set is no DSN", (at) => at.setRender("SENTRY_DSN", "sntrys_a_token"), "`SENTRY_DSN` is no DSN"],
    [
      "errors are marked with another environment",
      (at) => at.setRender("SENTRY_ENVIRONMENT", "prod"),
      "the environment prod, not with production: alerts watch production alone",
    ],
    [
      "the key is switched off",
      async (at) => at.sentryApi("PUT", `projects/brandvx/backend/keys/${await ownKey(at)}/`, { isActive: false }),
      "the DSN's key is switched off",
    ],
    [
      "the key is throttled",
      async (at) =>
        at.sentryApi("PUT", `projects/brandvx/backend/keys/${await ownKey(at)}/`, {
          rateLimit: { count: 1, window: 3600 },
        }),
      "at most 1 of them in 3600 s",
    ],
    [
      "the key was deleted",
      async (at) => at.sentryApi("DELETE", `projects/brandvx/backend/keys/${await ownKey(at)}/`),
      "it was deleted",
    ],
  ])("%s", async ([, breakIt, evidence]) => {
    await using at = await deployed();
    await breakIt(at);
    const { wrong } = await diagnose(at);
    expect(wrong).toMatchObject([{ what: "Errors of the server app", evidence: expect.stringContaining(evidence) }]);
    expect(wrong[0]?.fix).not.toBe("");
  });
});

describe("a stage that no alert watches", () => {
  const staging = { stage: "staging", stack: "staging" } as const;
  const marks = async (at: Deployed, stage: string) => {
    await at.setPages("VITE_SENTRY_ENVIRONMENT", { type: "plain_text", value: stage });
    await at.setRender("SENTRY_ENVIRONMENT", stage);
  };

  test("is told so where all is as it should be", async () => {
    await using at = await deployed();
    await marks(at, "staging");
    const { wrong, page } = await diagnose(at, { access: staging });
    expect(wrong).toEqual([]);
    expect(page).toContain("no alert reports them: alerts watch production alone");
    expect(page).not.toContain("alerts watch staging");
  });

  test.for([
    ["production", "alerts take them for errors of production"],
    ["local", "in Sentry nobody finds them under staging (alerts watch production alone)"],
  ])("is not said to be watched where errors carry %s", async ([carried = "", follows]) => {
    await using at = await deployed();
    await marks(at, carried);
    const { wrong } = await diagnose(at, { access: staging });
    expect(wrong.map(({ evidence }) => evidence)).toEqual([
      `are marked with the environment ${carried}, not with staging: ${follows}`,
      `are marked with the environment ${carried}, not with staging: ${follows}`,
    ]);
  });
});

describe("the keys that manage the vendors", () => {
  test("are told when a vendor does not accept them", async () => {
    await using at = await deployed();
    const keys = {
      posthog: "phx_wrong_0123456789",
      sentry: "sntrys_wrong_0123456789",
      cloudflare: "wrong",
      render: "rnd_wrong",
    };
    const { wrong, page } = await diagnose(at, { skip: ["redis", "capture", "sentry"], access: { keys } });
    expect(wrong.map(({ what }) => what)).toEqual([
      "PostHog's personal key",
      "Sentry's token",
      "Pages project operator-ui",
      "Render service srv-backend",
    ]);
    for (const key of Object.values(keys)) expect(page).not.toContain(key);
  });

  test("Upstash's credentials are tried, too", async () => {
    await using at = await deployed();
    const upstash = await startUpstashTwin({ email: "ops@brandvx.example", apiKey: "marked-upstash-key" });
    onTestFinished(() => upstash.stop());
    const api = (apiKey: string) => new UpstashApi({ baseUrl: upstash.url, email: "ops@brandvx.example", apiKey });
    const asked = { skip: ["redis", "capture", "sentry"] };
    expect((await diagnose(at, { ...asked, upstash: api("marked-upstash-key") })).wrong).toEqual([]);
    const { wrong, page } = await diagnose(at, { ...asked, upstash: api("marked-wrong-key") });
    expect(wrong).toMatchObject([
      { what: "Upstash's credentials", evidence: expect.stringContaining("UPSTASH_API_KEY") },
    ]);
    expect(page).not.toContain("marked-wrong-key");
  });

  test("one that is refused is told once, with the names of what it keeps from being known", async () => {
    await using at = await deployed();
    const { page, wrong } = await diagnose(at, { access: { keys: { ...at.access.keys, render: "rnd_wrong" } } });
    expect(wrong.map(({ what }) => what)).toEqual(["Render service srv-backend"]);
    expect(page).toContain("1 check fails");
    expect(page.match(/Render does not accept the key/g)).toHaveLength(1);
    expect(page).toContain("this also leaves unknown: Events of the server app and Errors of the server app");
  });

  test("are told when they are of another kind, and nothing is asked without one", async () => {
    await using at = await deployed();
    const { report, wrong } = await diagnose(at, {
      skip: ["redis", "capture"],
      access: {
        keys: { ...at.access.keys, sentry: undefined },
        keyFindings: [{ problem: "SENTRY_TOKEN is a DSN, which can only send errors", fix: "export SENTRY_TOKEN=…" }],
      },
    });
    expect(wrong).toMatchObject([{ evidence: "SENTRY_TOKEN is a DSN, which can only send errors" }]);
    expect(report.checks.flatMap(({ results }) => results.filter(({ outcome }) => outcome === "skipped"))).not.toEqual(
      [],
    );
  });
});

describe.skipIf(!redisServerPath)("Redis is down, because", () => {
  const asked = { skip: ["keys", "capture", "sentry"] };

  test("nothing answers at its address; it answers again when it is back", async () => {
    await using at = await deployed();
    const redis = await startRedisServer(onTestFinished);
    await at.setRender("REDIS_URL", redis.url);
    expect((await diagnose(at, asked)).wrong).toEqual([]);
    await redis.kill();
    at.app.health = { redis: "error" };
    const { wrong, page } = await diagnose(at, asked);
    expect(wrong.map(({ what }) => what)).toEqual(["Redis, from this machine", "Redis, from the backend"]);
    expect(wrong[0]?.evidence).toBe("cannot be reached (ECONNREFUSED)");
    expect(page).toContain("the backend works from its own memory");
  });

  test("the password is another one", async () => {
    await using at = await deployed();
    const redis = await startRedisServer(onTestFinished);
    const admin = new Redis(redis.url);
    await admin.config("SET", "requirepass", "the-new-one");
    admin.disconnect();
    await at.setRender("REDIS_URL", `redis://default:marked-old-password@127.0.0.1:${redis.port}`);
    const { wrong, page } = await diagnose(at, asked);
    expect(wrong).toMatchObject([{ evidence: expect.stringContaining("refuses the password") }]);
    expect(page).not.toContain("marked-old-password");
  });

  test.for<[string, (admin: Redis) => Promise<unknown>, string]>([
    [
      "is full and evicts nothing",
      async (admin) => {
        await admin.config("SET", "maxmemory-policy", "noeviction");
        await admin.config("SET", "maxmemory", "1");
      },
      "refuses writes, scripts (OOM",
    ],
    [
      "lets nobody run scripts",
      (admin) => admin.call("ACL", "SETUSER", "default", "-@scripting"),
      "refuses scripts (NOPERM",
    ],
    ["is a read-only replica", (admin) => admin.call("REPLICAOF", "127.0.0.1", "1"), "READONLY"],
  ])("it answers, and %s", async ([, harm, evidence]) => {
    await using at = await deployed();
    const redis = await startRedisServer(onTestFinished);
    const admin = new Redis(redis.url);
    await harm(admin);
    admin.disconnect();
    await at.setRender("REDIS_URL", redis.url);
    const [word = ""] = /[A-Z]{3,}/.exec(evidence) ?? [];
    at.app.health = {
      redis: "error",
      redis_detail: { status: "degraded", reasons: [{ word, said: `${word} no`, operations: ["write", "script"] }] },
    };
    const { wrong } = await diagnose(at, asked);
    expect(wrong.map(({ what }) => what)).toEqual(["Redis, from this machine", "Redis, from the backend"]);
    expect(wrong[0]?.evidence).toContain(evidence);
    expect(wrong[1]?.evidence).toBe(`/health says redis: error: it refuses write, script (${word} no)`);
  });

  test("the backend never got its address", async () => {
    await using at = await deployed();
    await at.setRender("REDIS_URL", null);
    at.app.health = { redis: "disabled" };
    expect((await diagnose(at, asked)).wrong.map(({ evidence }) => evidence)).toEqual([
      "`REDIS_URL` has no value: the backend works from its own memory",
      "/health says redis: disabled: the backend was started without `REDIS_URL`",
    ]);
  });
});
