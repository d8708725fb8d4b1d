import { describe, expect, test } from "vitest";
import { errorCount, newIssue as onNewIssue, sentryAlert, sentryAlertFindings } from "../../src/alerts/sentry/index.ts";
import { sentryTexts } from "../../src/model/sentry/texts.ts";
import { readConfiguration } from "../../src/platform/settings/schema.ts";
import { sentryFindings } from "../../src/platform/settings/sentry.ts";
import { findProblems } from "../../src/resources/kernel/check.ts";
import { alertInputs } from "../../src/resources/sentry/alert/inputs.ts";
import { monitorInputs } from "../../src/resources/sentry/monitor/inputs.ts";
import { alert, monitor, organization, sentryWithProject } from "../local/twins/sentry/support.ts";
import { errorSpike, newIssue } from "../resources/sentry/support.ts";

type Api = Awaited<ReturnType<typeof sentryWithProject>>["api"];

interface Field {
  /** The bound in Sentry's OpenAPI. */
  most: number;
  check: (text: string) => readonly string[];
  send: (api: Api, text: string) => Promise<{ status: number; body: unknown }>;
  field: string;
  /** A slug allows only these letters. */
  isSlug?: true;
}

const settings = (values: Record<string, string>) => {
  const config = { "posthog:projectKey": "phc_1", "posthog:projectId": "1", sentryOrganization: "brandvx", ...values };
  const sources = { stack: "production", hasSecret: () => true, env: {} };
  const { findings } = readConfiguration({ ...sources, config: (key) => (config as Record<string, string>)[key] });
  return findings.map(({ problem }) => problem);
};
const described = { notify: ["platform"], because: "Look." } as const;
const metric = errorCount({ above: 1, perMinutes: 60 });
const named = (
  name: string,
  apps: ["server"] | ["browser", "server"],
  when: typeof metric | ReturnType<typeof onNewIssue>,
) =>
  sentryAlertFindings([sentryAlert({ key: "a", name, in: apps, when, ...described } as never)]).map(
    ({ problem }) => problem,
  );

const fields: Record<string, Field> = {
  "name of a monitor": {
    most: 200,
    check: (name) => [
      ...findProblems(monitorInputs, { ...errorSpike, name }).map(({ reason }) => reason),
      ...named(name, ["server"], metric),
    ],
    send: (api, name) => api.post(`${organization}/projects/operator-ui/detectors/`, { ...monitor, name }),
    field: "name",
  },
  "name of an alert": {
    most: 256,
    check: (name) => [
      ...findProblems(alertInputs, { ...newIssue, name }).map(({ reason }) => reason),
      ...named(name, ["server"], onNewIssue()),
    ],
    send: (api, name) => api.post(`${organization}/workflows/`, { ...alert, name }),
    field: "name",
  },
  "slug of a team, which is its name, too": {
    most: 50,
    check: (sentryTeam) => settings({ sentryTeam }),
    send: (api, slug) => api.post(`${organization}/teams/`, { name: slug, slug }),
    field: "slug",
    isSlug: true,
  },
  "name of a project, which is its slug, too": {
    most: 50,
    check: (sentryServerProject) => settings({ sentryServerProject }),
    send: (api, name) => api.post("/api/0/teams/brandvx/platform/projects/", { name, slug: name }),
    field: "name",
    isSlug: true,
  },
  "name of a key": {
    most: 64,
    check: () => [],
    send: (api, name) => api.post("/api/0/projects/brandvx/operator-ui/keys/", { name }),
    field: "name",
  },
};

describe.each(Object.entries(fields))("the %s", (what, { most, check, send, field, isSlug }) => {
  const letters = isSlug ? ["x"] : ["x", "🙂"];

  test.each(letters)(`of ${most} times %s is taken by the checks and by Sentry`, async (letter) => {
    const { api } = await sentryWithProject();
    expect(check(letter.repeat(most))).toEqual([]);
    expect((await send(api, letter.repeat(most))).status).toBe(201);
  });

  test.each(letters)(`of ${most + 1} times %s is refused by the checks, and by Sentry with 400`, async (letter) => {
    const { api } = await sentryWithProject();
    if (what !== "name of a key") expect(check(letter.repeat(most + 1))).not.toEqual([]);
    const { status, body } = await send(api, letter.repeat(most + 1));
    expect({ status, body }).toEqual({
      status: 400,
      body: { [field]: [`Ensure this field has no more than ${most} characters.`] },
    });
  });
});

test("a monitor of one of several apps has its project behind its name: both together count", () => {
  const room = sentryTexts.monitorName - sentryTexts.projectName - " ()".length;
  expect(named("x".repeat(room), ["browser", "server"], metric)).toEqual([]);
  expect(named("x".repeat(room + 1), ["browser", "server"], metric)[0]).toContain("has 201 characters");
  const slugs = { browser: "operator-ui", server: "backend" };
  const long = sentryAlert({ key: "a", name: "x".repeat(186), in: ["browser", "server"], when: metric, ...described });
  expect(sentryAlertFindings([long], slugs)).toEqual([]);
  const longer = { ...long, name: "x".repeat(187) };
  expect(sentryAlertFindings([longer], slugs)).toHaveLength(1);
});

test("the longest name of a key that a stack can have is one that Sentry takes", () => {
  const generation = 999_999;
  expect(settings({ sentryKeyGeneration: String(generation) })).toEqual([]);
  expect(settings({ sentryKeyGeneration: String(generation + 1) })[0]).toContain("ends at 999999");
  expect(`${"s".repeat(sentryTexts.projectName)} (${generation})`.length).toBeLessThanOrEqual(sentryTexts.keyName);
});

test("two apps with one project are found, which Pulumi would call a duplicate URN", () => {
  const values = { sentryBrowserProject: "app", sentryServerProject: "app" } as never;
  expect(sentryFindings(values, "production")).toHaveLength(1);
  expect(sentryFindings({ ...(values as object), sentryServerProject: "api" } as never, "production")).toEqual([]);
});

test("an app that an alert names twice is found", () => {
  expect(named("A", ["server", "server"] as never, metric)).toEqual(["watches server twice"]);
});
