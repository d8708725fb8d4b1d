import { describe, expect, test } from "vitest";
import { environment, type VariableName } from "../../../src/catalog/environment.ts";
import vectors from "../../../src/runtime/conformance/variables.json" with { type: "json" };
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
import { createServer, type ServerEnvironment } from "../../../src/runtime/server/server.ts";
import { browserRules, serverRules } from "../../../src/runtime/shared/environment.ts";
import { checkedVariable } from "../../../src/runtime/shared/variables.ts";

const rules = { ...browserRules, ...serverRules };
const checked = (name: VariableName, value: unknown) => checkedVariable(name, value, rules[name]);

describe("a variable", () => {
  test("has the rule of the credential map", () => {
    expect(Object.keys(rules).toSorted()).toEqual(Object.keys(environment).toSorted());
    for (const [name, { example }] of Object.entries(environment) as [VariableName, { example: string }][]) {
      expect(checked(name, example)).toEqual({ value: example });
    }
  });

  test.for([undefined, "", "  ", "\n", null, 7])("that is not set has neither value nor finding: %o", (value) =>
    expect(checked("POSTHOG_HOST", value)).toEqual({}),
  );

  test.for<[VariableName, string, string]>([
    ["POSTHOG_HOST", " https://us.i.posthog.com\n", "https://us.i.posthog.com"],
    ["VITE_POSTHOG_HOST", "https://us.i.posthog.com/", "https://us.i.posthog.com"],
    ["SENTRY_TRACES_SAMPLE_RATE", "0.25 ", "0.25"],
    ["REDIS_URL", "rediss://default:p@ss@[::1]:6379/0?family=6", "rediss://default:p@ss@[::1]:6379/0?family=6"],
    ["REDIS_URL", "REDIS://cache:6379", "redis://cache:6379"],
  ])("is used without blanks and slashes around it: %s", ([name, value, used]) =>
    expect(checked(name, value)).toEqual({ value: used }),
  );

  test.for<[VariableName, string, string]>([
    ["VITE_POSTHOG_KEY", '"phc_abc"', "phc_abc"],
    ["POSTHOG_API_KEY", "\u200bphc_abc\ufeff", "phc_abc"],
    ["POSTHOG_HOST", "“https://eu.i.posthog.com”", "https://eu.i.posthog.com"],
    ["SENTRY_DSN", "'https://abc@o1.ingest.us.sentry.io/1'", "https://abc@o1.ingest.us.sentry.io/1"],
    ["REDIS_URL", "`redis://cache:6379`", "redis://cache:6379"],
  ])("with quotes or invisible characters around it is used without them, and named: %s %s", ([name, value, used]) =>
    expect(checked(name, value)).toEqual({
      value: used,
      finding: `${name} has quotes or invisible characters around it`,
    }),
  );

  test.for<[VariableName, string]>([
    ["VITE_POSTHOG_HOST", "us.i.posthog.com"],
    ["VITE_POSTHOG_HOST", "//us.i.posthog.com"],
    ["VITE_POSTHOG_HOST", "https:us.i.posthog.com"],
    ["VITE_POSTHOG_HOST", "https//us.i.posthog.com"],
    ["POSTHOG_HOST", "https://us.posthog.com/project/1"],
    ["POSTHOG_HOST", "ftp://us.i.posthog.com"],
    ["POSTHOG_HOST", "https://us.i .posthog.com"],
    ["POSTHOG_HOST", "undefined"],
    ["VITE_POSTHOG_KEY", '"phx_secret"'],
    ["VITE_POSTHOG_KEY", "phx_secret"],
    ["POSTHOG_API_KEY", "\u200bphs_secret"],
    ["POSTHOG_API_KEY", "phc_se\u200bcret"],
    ["POSTHOG_API_KEY", "phc_"],
    ["POSTHOG_API_KEY", "POSTHOG_API_KEY=phc_secret"],
    ["POSTHOG_FLAGS_KEY", "phx_pass/word"],
    ["SENTRY_DSN", "https://o1.ingest.us.sentry.io/1"],
    ["SENTRY_DSN", "o1.ingest.us.sentry.io"],
    ["SENTRY_ENVIRONMENT", "my stage"],
    ["SENTRY_ENVIRONMENT", "None"],
    ["SENTRY_TRACES_SAMPLE_RATE", "10"],
    ["SENTRY_TRACES_SAMPLE_RATE", "NaN"],
    ["REDIS_URL", "https://eu1.upstash.io"],
    ["REDIS_URL", "redis-cli -u redis://cache:6379"],
    ["REDIS_URL", "redis://default:pass/word@cache:6379"],
  ])("that cannot be right has no value, and a finding without a piece of it: %s=%s", ([name, value]) => {
    const { value: used, finding } = checked(name, value);
    expect(used).toBeUndefined();
    expect(finding).toContain(`${name} `);
    expect(finding).toContain("must be");
    expect(finding).not.toContain("secret");
    expect(finding).not.toContain("pass/word");
  });
});

test.for((vectors as { cases: { variable: VariableName; given: string; value: string | null }[] }).cases)(
  "$variable=$given is the same in each language",
  ({ variable, given, value }) => {
    expect(checked(variable, given).value ?? null).toBe(value);
  },
);

test("an address is what URL takes for one, with a host and nothing else", () => {
  const parts = [
    ["https://", "HTTPS://", "Http://", "ftp://", "https:", "//", ""],
    [
      "us.i.posthog.com",
      "US.I.POSTHOG.COM.",
      "müller.example",
      "127.0.0.1",
      "[::1]",
      "a@h.io",
      "a:b@h.io",
      "h io",
      "h|io",
      "",
    ],
    ["", ":443", ":65535", ":65536", ":x"],
    ["", "/", "//", "/path", "?a", "#a", "\\a"],
  ] as const;
  for (const scheme of parts[0])
    for (const host of parts[1])
      for (const port of parts[2])
        for (const end of parts[3]) {
          const given = `${scheme}${host}${port}${end}`;
          const { protocol, username, pathname, search, hash } = URL.parse(given.replace(/\/+$/, "")) ?? {};
          const isOne =
            /^\w+:\/\/[^/\\]/.test(given) &&
            /^https?:$/.test(protocol ?? "") &&
            `${username}${pathname}${search}${hash}` === "/";
          expect([given, checked("POSTHOG_HOST", given).value !== undefined]).toEqual([given, isOne]);
        }
});

describe("the backend at its start", () => {
  const start = (env: ServerEnvironment) => {
    const warnings: string[] = [];
    const server = createServer(env, { warn: (message) => warnings.push(message) });
    return { server, warnings };
  };

  test.for<[ServerEnvironment, string]>([
    [{ POSTHOG_API_KEY: "phc_a", POSTHOG_HOST: "us.i.posthog.com" }, "POSTHOG_HOST must be an http(s) address"],
    [{ POSTHOG_API_KEY: '"phx_a"' }, "POSTHOG_API_KEY has quotes or invisible characters around it, and without them"],
    [{ POSTHOG_API_KEY: "phs_a" }, "POSTHOG_API_KEY must be a project key (phc_…)"],
  ])("is in error, not disabled, where it cannot send: %o", async ([env, said]) => {
    const { server, warnings } = start(env);
    server.analytics.capture("cadence.message_sent", "t1", {});
    expect(warnings).toEqual([expect.stringContaining(said)]);
    expect(server.analytics.detail()).toMatchObject({ status: "error", dropped: 1 });
    expect(server.analytics.detail().reason).toContain(said);
    expect(server.errors.detail().status).toBe("disabled");
  });

  test("tells of everything that is wrong at once, each by its name", async () => {
    const { server, warnings } = start({
      POSTHOG_API_KEY: "phc_a",
      POSTHOG_HOST: "posthog",
      SENTRY_DSN: "sentry.io",
      SENTRY_ENVIRONMENT: "my stage",
      SENTRY_TRACES_SAMPLE_RATE: "10 %",
    });
    expect(warnings.map((line) => line.split(" ")[0])).toEqual([
      "POSTHOG_HOST",
      "SENTRY_DSN",
      "SENTRY_ENVIRONMENT",
      "SENTRY_TRACES_SAMPLE_RATE",
    ]);
    server.errors.capture(new Error("no"), {});
    expect(server.errors.detail()).toMatchObject({ status: "error", dropped: 1 });
  });

  test("does not care for the host where there is no key", () => {
    const { server } = start({ POSTHOG_HOST: "posthog" });
    expect(server.analytics.detail().status).toBe("disabled");
  });
});

test("the Redis store does not ask an address that cannot be one, and says so by the variable's name, once", async ({
  onTestFinished,
}) => {
  const notices: string[] = [];
  const store = createStateStore({
    url: "https://default:hunter2@eu1.upstash.io",
    notice: ({ message }) => notices.push(message),
  });
  onTestFinished(() => store.close());
  for (let call = 0; call < 5; call += 1) await store.cacheGet("key");
  expect(await store.redisDetail()).toMatchObject({
    status: "error",
    reason: expect.stringMatching(/^REDIS_URL must/),
  });
  expect(notices).toEqual([expect.stringContaining("REDIS_URL must be a Redis address")]);
  expect(notices[0]).not.toContain("hunter2");
});
