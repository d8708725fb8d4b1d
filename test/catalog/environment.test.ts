import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import {
  environment,
  type ValueOriginNameOf,
  type VariableName,
  type VariableNameOf,
} from "../../src/catalog/environment.ts";
import { environmentFindings } from "../../src/catalog/environment-check.ts";
import { type EnvironmentOf, environmentSchema } from "../../src/catalog/environment-schema.ts";
import { dotenvExample, environmentPage } from "../../src/catalog/environment-texts.ts";
import { type ValuesByOrigin, valueFromOrigin } from "../../src/catalog/value-origins.ts";
import { type VariableTable, variables } from "../../src/catalog/variable.ts";

const described = { value: z.string(), meaning: "Says something.", example: "x", local: "" };
const smallTable = variables({
  VITE_STAGE: { app: "browser", visibility: "public", valueFrom: "stage", ...described },
  CACHE: { app: "server", visibility: "secret", valueFrom: "redis.url", ...described },
});

describe("the map of variables", () => {
  test("has what the apps cannot do without: which app has it, who may see it, where its value comes from", () => {
    const rows = Object.entries(environment).map(([name, { app, visibility, valueFrom }]) =>
      [name, app, visibility, valueFrom].join(" "),
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        "VITE_POSTHOG_KEY browser public posthog.projectKey",
        "VITE_POSTHOG_HOST browser public posthog.ingestHost",
        "VITE_SENTRY_DSN browser public sentry.browserDsn",
        "VITE_SENTRY_ENVIRONMENT browser public stage",
        "POSTHOG_API_KEY server public posthog.projectKey",
        "POSTHOG_HOST server public posthog.ingestHost",
        "POSTHOG_FLAGS_KEY server secret posthog.flagsKey",
        "SENTRY_DSN server secret sentry.serverDsn",
        "SENTRY_ENVIRONMENT server public stage",
        "SENTRY_TRACES_SAMPLE_RATE server public sentry.tracesSampleRate",
        "REDIS_URL server secret redis.url",
      ]),
    );
  });

  test("has nothing wrong in it", () => {
    expect(environmentFindings(environment)).toEqual([]);
  });

  test("knows each app's names and sources at compile time", () => {
    expectTypeOf<"VITE_POSTHOG_KEY" | "VITE_POSTHOG_HOST" | "VITE_SENTRY_DSN" | "VITE_SENTRY_ENVIRONMENT">().toExtend<
      VariableNameOf<"browser">
    >();
    expectTypeOf<Extract<VariableNameOf<"browser">, VariableNameOf<"server">>>().toBeNever();
    expectTypeOf<"posthog.projectKey" | "posthog.ingestHost" | "sentry.browserDsn" | "stage">().toExtend<
      ValueOriginNameOf<"browser">
    >();
    expectTypeOf<
      ValuesByOrigin<"posthog.projectKey" | "posthog.ingestHost" | "sentry.browserDsn" | "stage", string>
    >().branded.toEqualTypeOf<{
      readonly posthog: { readonly projectKey: string; readonly ingestHost: string };
      readonly sentry: { readonly browserDsn: string };
      readonly stage: string;
    }>();
    expectTypeOf<Extract<VariableName, `VITE_${string}`>>().toEqualTypeOf<VariableNameOf<"browser">>();
  });

  test("finds a value by its source's name", () => {
    const values = { posthog: { projectKey: "phc_1" }, stage: "production" };
    expect(valueFromOrigin(values, "posthog.projectKey")).toBe("phc_1");
    expect(valueFromOrigin(values, "stage")).toBe("production");
    expect(valueFromOrigin(values, "redis.url")).toBeUndefined();
  });
});

describe("a variable that would leak a secret", () => {
  test("does not compile when it is named VITE_ and secret", () => {
    variables({
      // @ts-expect-error: Vite copies VITE_ variables into the bundle
      VITE_REDIS_URL: { app: "browser", visibility: "secret", valueFrom: "stage", ...described },
    });
    variables({
      // @ts-expect-error: variables of the server must not begin with VITE_
      VITE_REDIS_URL: { app: "server", visibility: "secret", valueFrom: "redis.url", ...described },
    });
  });

  test("does not compile when it is public and its source is secret", () => {
    variables({
      // @ts-expect-error: redis.url is secret
      VITE_CACHE: { app: "browser", visibility: "public", valueFrom: "redis.url", ...described },
    });
    variables({
      // @ts-expect-error: redis.url is secret
      CACHE: { app: "server", visibility: "public", valueFrom: "redis.url", ...described },
    });
  });

  test("compiles when a secret stays on the server, or a public value is kept secret there", () => {
    const table = variables({
      CACHE: { app: "server", visibility: "secret", valueFrom: "redis.url", ...described },
      STAGE: { app: "server", visibility: "secret", valueFrom: "stage", ...described },
    });
    expect(environmentFindings(table)).toEqual([]);
  });

  test("is found by the check where the compiler was not asked", () => {
    const table: VariableTable = {
      VITE_CACHE: { ...described, app: "browser", visibility: "secret", valueFrom: "redis.url" },
      CACHE: { ...described, app: "server", visibility: "public", valueFrom: "redis.url" },
      TOKEN: { ...described, app: "server", visibility: "secret", valueFrom: "redis.url", local: "hunter2" },
      STAGE: { ...described, app: "browser", visibility: "public", valueFrom: "stage" },
      SILENT: { ...described, app: "server", visibility: "public", valueFrom: "stage", meaning: " " },
      ODD: { ...described, app: "server", visibility: "public", valueFrom: "stage", value: z.string().length(3) },
    };
    expect(environmentFindings(table).map(({ where, problem }) => `${where.split("  ")[1]}: ${problem}`)).toEqual([
      "VITE_CACHE: VITE_CACHE is secret, but Vite copies every VITE_ variable into the bundle that browsers load",
      "CACHE: CACHE is public, but its value comes from redis.url, which is secret",
      "TOKEN: TOKEN is secret and has a value for .env.example",
      "STAGE: STAGE belongs to the browser, but Vite passes VITE_ variables, and no others, to the browser",
      "SILENT: SILENT has no meaning",
      "ODD: ODD has an example that its own schema refuses",
    ]);
  });
});

describe("an app's environment", () => {
  test("is read out of everything that a process has", () => {
    const given = { PATH: "/usr/bin", VITE_POSTHOG_KEY: "phc_1", SENTRY_ENVIRONMENT: "production", REDIS_URL: "" };
    expect(environmentSchema("server").parse(given)).toEqual({ SENTRY_ENVIRONMENT: "production" });
    expect(environmentSchema("browser").parse(given)).toEqual({ VITE_POSTHOG_KEY: "phc_1" });
    expectTypeOf<EnvironmentOf<"server">["REDIS_URL"]>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error: the browser has no Redis
    expectTypeOf<EnvironmentOf<"browser">["REDIS_URL"]>();
  });

  test("names a wrong value and does not repeat it", () => {
    const wrong = {
      POSTHOG_API_KEY: "phx_personal",
      SENTRY_TRACES_SAMPLE_RATE: "10%",
      REDIS_URL: "redis.example:6379",
    };
    const { error } = environmentSchema("server").safeParse(wrong);
    expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["POSTHOG_API_KEY", "must be a project key (phc_…): a personal key (phx_…) must not leave BrandVX"],
      ["SENTRY_TRACES_SAMPLE_RATE", "must be a share between 0 and 1, such as 0.1"],
      ["REDIS_URL", "must be a Redis address (rediss://…)"],
    ]);
    for (const value of Object.values(wrong)) expect(JSON.stringify(error)).not.toContain(value);
  });

  test.each([
    ["SENTRY_DSN", "http://0a1b@127.0.0.1:8772/2", true],
    ["SENTRY_DSN", "https://o1.ingest.sentry.io/2", false],
    ["SENTRY_ENVIRONMENT", "None", false],
    ["SENTRY_ENVIRONMENT", "non production", false],
    ["SENTRY_ENVIRONMENT", "staging", true],
    ["SENTRY_TRACES_SAMPLE_RATE", "1.0", true],
    ["SENTRY_TRACES_SAMPLE_RATE", "1.1", false],
    ["REDIS_URL", "redis://127.0.0.1:6379/0", true],
    ["REDIS_URL", "https://example.upstash.io", false],
    ["POSTHOG_HOST", "https://us.i.posthog.com", true],
    ["POSTHOG_HOST", "us.i.posthog.com", false],
  ] as const)("%s=%s is taken: %s", (name, value, taken) => {
    expect(environmentSchema("server").safeParse({ [name]: value }).success).toBe(taken);
  });
});

describe("what is written from a map", () => {
  test(".env.example can be read, holds no secret, and starts no app with a wrong value", () => {
    const lines = dotenvExample(environment).split("\n");
    const given = Object.fromEntries(lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split("=", 2)));
    expect(Object.keys(given).toSorted()).toEqual(Object.keys(environment).toSorted());
    expect(environmentSchema("server").safeParse(given).success).toBe(true);
    expect(environmentSchema("browser").safeParse(given).success).toBe(true);
    for (const [name, { visibility }] of Object.entries(environment))
      if (visibility === "secret") expect([name, given[name]]).toEqual([name, ""]);
  });

  test("docs/environment.md has a row for each variable and each source, in its app's table", () => {
    const page = environmentPage(smallTable);
    const [browser = "", server = "", sources = ""] = page.split("\n## ").slice(1);
    expect(browser).toContain(
      "| `VITE_STAGE` | public | configuration `brandvx-observability:environment` | Says something. |",
    );
    expect(browser).not.toContain("`CACHE`");
    expect(server).toContain("| `CACHE` | secret |");
    expect(sources.match(/^\| `[^`]+`/gm)).toEqual(["| `stage`", "| `redis.url`"]);
  });
});
