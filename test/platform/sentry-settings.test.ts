import { describe, expect, test } from "vitest";
import { readSentry } from "../../src/platform/settings/sentry.ts";

const read = (sentry?: unknown) =>
  readSentry({
    stack: "production",
    config: (key) => (key === "sentry" && sentry !== undefined ? JSON.stringify(sentry) : undefined),
    hasSecret: () => false,
    env: {},
  });

describe("the settings of Sentry", () => {
  test("need the organization alone", () => {
    expect(read({ organization: "brandvx" })).toEqual({
      value: {
        organization: "brandvx",
        team: "platform",
        projects: {
          browser: { slug: "operator-ui", platform: "javascript-react" },
          server: { slug: "backend", platform: "python-fastapi" },
        },
        keyGeneration: 1,
      },
      findings: [],
    });
  });

  test("say how to set what is missing", () => {
    const { problem, fix } = read().findings[0] ?? {};
    expect(problem).toBe("sentry.organization is not set");
    expect(fix).toBe(
      "pulumi config set --stack production --path 'sentry.organization' <slug>    (in the address of your pages in Sentry: https://<slug>.sentry.io)",
    );
  });

  test("take other projects, and the number of an integration as a number or a text", () => {
    const given = { organization: "brandvx", projects: { server: { slug: "api" } }, slackIntegrationId: 77 };
    expect(read(given).value).toMatchObject({
      projects: { browser: { slug: "operator-ui" }, server: { slug: "api", platform: "python-fastapi" } },
      slackIntegrationId: "77",
    });
  });

  test("name everything that is wrong at once", () => {
    const wrong = {
      organization: "Brand VX",
      projects: { browser: { slug: "web" }, server: { slug: "web" } },
      slackIntegrationId: "slack",
      keyGeneration: 0,
      colour: "blue",
    };
    expect(read(wrong).findings.map(({ problem }) => problem)).toEqual([
      'sentry.organization is not a slug: lower-case letters, digits, hyphens and underscores (it is "Brand VX")',
      'sentry.projects has one project for both apps (it is {"browser":{"slug":"web"},"server":{"slug":"web"}})',
      'sentry.slackIntegrationId is not the number of an integration (it is "slack")',
      "sentry.keyGeneration starts at 1 (it is 0)",
      expect.stringMatching(/colour/),
    ]);
  });
});
