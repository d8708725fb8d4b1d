import { describe, expect, test } from "vitest";
import { insightAlerts } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import { reportFindings } from "../../src/platform/settings/findings.ts";
import { findSettings } from "../../src/platform/settings/index.ts";
import type { Sources } from "../../src/platform/settings/sources.ts";

const teams = {
  ai: { emails: ["ai@b.co"] },
  growth: { emails: ["g@b.co"] },
  messaging: { emails: ["m@b.co"] },
  platform: { emails: ["p@b.co"] },
};

const complete: Record<string, string> = { "posthog:projectId": "42", teams: JSON.stringify(teams) };

function sources(
  config: Record<string, string | undefined>,
  env: Record<string, string> = { POSTHOG_PERSONAL_API_KEY: "phx_1" },
): Sources {
  return { stack: "production", config: (key) => config[key], hasSecret: (key) => key in config, env };
}

const content = { dashboards, insightAlerts };
const problems = (given: Sources) => findSettings(content, given).findings.map(({ problem }) => problem);

describe("the settings of a stack", () => {
  test("are read when everything is there", () => {
    expect(findSettings(content, sources(complete)).settings).toEqual({
      posthog: { host: "https://us.posthog.com", projectId: 42 },
      teams,
    });
  });

  test("take the key from the encrypted configuration where the environment has none", () => {
    const withSecret = sources({ ...complete, "posthog:personalApiKey": "(encrypted)" }, {});
    expect(findSettings(content, withSecret).findings).toEqual([]);
  });

  test("are reported all at once when they are missing, each with what mends it", () => {
    const { findings } = findSettings(content, sources({}, {}));
    expect(reportFindings("production", findings)).toMatchInlineSnapshot(`
      "6 things keep stack "production" from being previewed
        posthog:projectId is not set                                     pulumi config set --stack production posthog:projectId <number>    (in PostHog: Settings > Project > Project ID)
        POSTHOG_PERSONAL_API_KEY is not set                              export POSTHOG_PERSONAL_API_KEY=…    (a personal API key (phx_…) with the scopes dashboard:write, insight:write, query:read, alert:write, annotation:write, event_definition:write), or pulumi config set --stack production --secret posthog:personalApiKey
        alerts tell the team "messaging", which has no e-mail address    pulumi config set --stack production --path 'teams.messaging.emails[0]' <e-mail>
        alerts tell the team "platform", which has no e-mail address     pulumi config set --stack production --path 'teams.platform.emails[0]' <e-mail>
        alerts tell the team "ai", which has no e-mail address           pulumi config set --stack production --path 'teams.ai.emails[0]' <e-mail>
        alerts tell the team "growth", which has no e-mail address       pulumi config set --stack production --path 'teams.growth.emails[0]' <e-mail>"
    `);
  });

  test("name the value that is wrong, but never a key", () => {
    const wrong = sources(
      { ...complete, "posthog:host": "us.posthog.com", "posthog:projectId": "abc" },
      { POSTHOG_PERSONAL_API_KEY: "phc_secret" },
    );
    expect(problems(wrong)).toEqual([
      'posthog:host is not an http(s) address (it is "us.posthog.com")',
      'posthog:projectId is not a number (it is "abc")',
      "POSTHOG_PERSONAL_API_KEY is a project key (phc_…), which can only send events",
    ]);
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
});
