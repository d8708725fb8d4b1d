import { describe, expect, test } from "vitest";
import { readPages } from "../../src/platform/settings/pages.ts";
import type { SettingsReader } from "../../src/platform/settings/reader.ts";
import { readRedis } from "../../src/platform/settings/redis.ts";
import { readRender } from "../../src/platform/settings/render.ts";

const accountId = "0123456789abcdef0123456789abcdef";

const given = (key: string, value?: unknown): SettingsReader => ({
  stack: "production",
  config: (asked) => (asked === key && value !== undefined ? JSON.stringify(value) : undefined),
  hasSecret: () => false,
  env: {},
});
const lines = ({ findings }: { findings: { problem: string; fix: string }[] }) =>
  findings.map(({ problem, fix }) => `${problem} | ${fix}`);

describe("where the operator UI is deployed", () => {
  test("is a project that exists, or one that the stack creates", () => {
    const place = { accountId, projectName: "operator-ui" };
    expect(readPages(given("pages", place)).value).toEqual({ project: "existing", ...place });
    expect(readPages(given("pages", { project: "created", ...place })).value).toEqual({
      ...{ project: "created", ...place },
      productionBranch: "main",
    });
  });

  test("is asked for part by part, each with the command that sets it", () => {
    expect(lines(readPages(given("pages")))).toEqual([
      "pages.accountId is not set | pulumi config set --stack production --path 'pages.accountId' <32 hexadecimal digits>    (in the address of Cloudflare's dashboard)",
      "pages.projectName is not set | pulumi config set --stack production --path 'pages.projectName' operator-ui    (in Cloudflare: Workers & Pages)",
    ]);
  });

  test("names what is wrong with its value", () => {
    const wrong = { project: "existing", accountId: "brandvx", projectName: "operator-ui", adopt: ["REDIS_URL"] };
    expect(readPages(given("pages", wrong)).findings.map(({ problem }) => problem)).toEqual([
      'pages.accountId is not an account\'s id (it is "brandvx")',
      'pages.adopt.0 is not a variable of the browser app (it is "REDIS_URL")',
    ]);
    expect(readPages(given("pages", "operator-ui")).findings).toHaveLength(1);
  });
});

describe("where the backend runs", () => {
  test("is a service by its id", () => {
    expect(readRender(given("render", { serviceId: "srv-abc123" })).value).toEqual({ serviceId: "srv-abc123" });
    expect(lines(readRender(given("render")))).toEqual([
      "render.serviceId is not set | pulumi config set --stack production --path 'render.serviceId' srv-…    (in the service's address in Render's dashboard)",
    ]);
  });
});

describe("the database", () => {
  test("needs a region and a budget", () => {
    expect(readRedis(given("redis", { primaryRegion: "us-east-1", budget: 20 })).value).toEqual({
      ...{ databaseName: "brandvx", primaryRegion: "us-east-1", budget: 20, eviction: true },
    });
    expect(readRedis(given("redis")).findings.map(({ problem }) => problem)).toEqual([
      "redis.primaryRegion is not set",
      "redis.budget is not set",
    ]);
    expect(
      readRedis(given("redis", { primaryRegion: "mars", budget: "a lot" })).findings.map(({ problem }) => problem),
    ).toEqual([
      'redis.primaryRegion is not a region of Upstash (it is "mars")',
      'redis.budget is neither a number of dollars nor "free" (it is "a lot")',
    ]);
  });
});
