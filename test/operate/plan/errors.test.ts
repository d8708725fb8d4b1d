import { describe, expect, test } from "vitest";
import { planOf } from "../support/plans.ts";

const urn = (name: string) => `urn:pulumi:test::brandvx-observability::pulumi-nodejs:dynamic/x:Y::${name}`;
const refused = 'Render does not accept the key ("Unauthorized"). Look at RENDER_API_KEY';
const elsewhere = "https://us.posthog.com does not accept the key. Look at POSTHOG_PERSONAL_API_KEY";
const again = (vendor: string) =>
  `${vendor} answered 401: the same error as another resource has, which says what to do`;
const errors = (...said: [name: string, message: string][]) =>
  planOf({ diagnostics: said.map(([name, message]) => ({ severity: "error", message, urn: urn(name) })) }).errors;

test("a key that is refused is one error, with the names of all that it concerns", () => {
  expect(
    errors(
      ["project", elsewhere],
      ["backend", refused],
      ["worker", refused],
      ["activation-funnel", again("PostHog")],
      ["ai-engagement", again("PostHog")],
      ["other", again("Render")],
    ),
  ).toEqual([
    `${elsewhere}\n  this also affects: activation-funnel, ai-engagement`,
    `${refused}\n  this also affects: worker, other`,
  ]);
});

test("errors of different causes stay what they are, and an echo alone is told once", () => {
  expect(errors(["a", "one"], ["b", "two"])).toEqual(["one", "two"]);
  expect(errors(["a", again("Sentry")], ["b", again("Sentry")])).toEqual([again("Sentry")]);
});

test("an error that the engine gives with its own lead-in and without it is one error", () => {
  const message =
    "GET https://api.cloudflare.com/client/v4/accounts/1/pages/projects/operator-ui: 401 Authentication error";
  expect(errors(["operator-ui", `Preview failed: ${message}`], ["operator-ui", `error: ${message}`])).toEqual([
    message,
  ]);
  expect(errors(["", "preview failed"], ["backend", `refresh failed: ${refused}`])).toEqual([refused]);
});

describe("a key that a vendor's own plugin reports as refused is named by its variable", () => {
  const of = (type: string, message: string) =>
    planOf({
      diagnostics: [
        { severity: "error", message, urn: `urn:pulumi:test::brandvx-observability::${type}::x` },
        {
          severity: "error",
          message: `refresh failed: ${message}`,
          urn: `urn:pulumi:test::brandvx-observability::${type}::x`,
        },
      ],
    }).errors;
  const pages = "cloudflare:index/pagesProject:PagesProject";

  test.each([
    [pages, "GET https://api.cloudflare.com/…: 401 Authentication error (10000)", "accept", "CLOUDFLARE_API_TOKEN"],
    [pages, "GET https://api.cloudflare.com/…: 400 Invalid request headers (6003)", "accept", "CLOUDFLARE_API_TOKEN"],
    [pages, '403 Forbidden {"errors":[{"message":"no permission"}]}', "let the key do this", "CLOUDFLARE_API_TOKEN"],
    ["sentry:index/sentryProject:SentryProject", "401 Unauthorized: Invalid token", "accept", "SENTRY_TOKEN"],
    ["sentry:index/sentryKey:SentryKey", "403 You do not have permission", "let the key do this", "SENTRY_TOKEN"],
    ["upstash:index/redisDatabase:RedisDatabase", "Unauthorized", "accept", "UPSTASH_API_KEY and UPSTASH_EMAIL"],
  ])("%s: %s", (type, message, what, variable) => {
    const errors = of(type, message);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(message);
    expect(errors[0]).toMatch(new RegExp(`does not ${what}.*: look at ${variable}, which must be `));
  });

  test.each([
    [pages, "500 Internal error"],
    [pages, "404 Project not found (8000007)"],
    ["sentry:index/sentryProject:SentryProject", "SENTRY_TOKEN is not accepted: 401"],
    ["pulumi-nodejs:dynamic/x:Y", "401"],
  ])("nothing is added to %s: %s", (type, message) => {
    expect(of(type, message)).toEqual([message]);
  });
});
