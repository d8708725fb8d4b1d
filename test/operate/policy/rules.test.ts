import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { checkPolicy } from "../../../src/operate/policy/check.ts";
import { rules } from "../../../src/operate/policy/rules.ts";
import { wiringMistakes } from "../../e2e/operate/wiring-mistakes.ts";
import { planOf, type Stated } from "../support/plans.ts";
import {
  allAlerts,
  dashboard,
  dashboardOf,
  pagesVariables,
  projectSettingsOf,
  publicValue,
  redis,
  renderVariables,
  secretValue,
  sentryAlert,
  sentryKey,
  sentryMonitor,
  withTile,
} from "../support/stated.ts";

const broken = (stated: Stated, config: Record<string, string> = {}): string[] =>
  checkPolicy(planOf({ after: [stated], config })).findings.map(({ rule }) => rule);

const [alert] = allAlerts();
if (!alert) throw new Error("there is no alert");
const changed = (stated: Stated, inputs: object): Stated => ({ ...stated, inputs: { ...stated.inputs, ...inputs } });

test("what the repository makes holds all rules", () => {
  const after = [
    ...dashboards.map(dashboardOf),
    ...allAlerts(),
    projectSettingsOf(),
    redis(),
    sentryKey("backend-1"),
    sentryAlert(),
    sentryMonitor(),
  ];
  expect(checkPolicy(planOf({ after }))).toEqual({
    ...{ rules: rules.length, holding: rules.length, undecided: [], findings: [] },
  });
});

describe("a rule is broken by", () => {
  test.for<[string, string, Stated]>([
    ["a Redis without protection", "protected-data", { ...redis(), protect: false }],
    ["a key of Sentry that is not retained", "retained-keys", { ...sentryKey("backend-1"), retainOnDelete: false }],
    ["a Redis that does not say TLS", "redis-over-tls", redis({ tls: undefined })],
    [
      "an address of Redis without TLS",
      "redis-over-tls",
      renderVariables({ CACHE: publicValue("redis://cache:6379") }),
    ],
    [
      "a secret variable in plain text at Render",
      "secret-variables",
      renderVariables({ SENTRY_DSN: publicValue("x") }),
    ],
    [
      "the key for feature flags in plain text at Render",
      "secret-variables",
      renderVariables({ POSTHOG_FLAGS_KEY: publicValue("x") }),
    ],
    [
      "a secret variable in plain text on Pages",
      "secret-variables",
      pagesVariables({ SENTRY_DSN: { type: "plain_text", value: "x" } }),
    ],
    [
      "a key in clear, wherever it stands",
      "no-plain-secret",
      changed(sentryAlert(), { actions: { a: { config: { url: "https://x.example/?key=sntrys_0123456789" } } } }),
    ],
    ["a Sentry alert for all stages", "alerts-for-production", sentryAlert({ environment: undefined })],
    ["a Sentry monitor for another stage", "alerts-for-production", sentryMonitor({ environment: "staging" })],
    ["a dashboard without an owner", "owned", changed(dashboard("ai-engagement"), { owner: "" })],
    ["a dashboard of an unknown team", "owned", changed(dashboard("ai-engagement"), { owner: "ops" })],
    ["an alert without an owner", "owned", sentryAlert({ owner: undefined })],
    ["an alert that tells nobody", "alerts-tell-somebody", changed(alert, { subscribers: [] })],
    [
      "an alert whose only delivery somebody deleted",
      "alerts-tell-somebody",
      changed(alert, { subscribers: [], deliveries: {} }),
    ],
    ["a Sentry alert that tells nobody", "alerts-tell-somebody", sentryAlert({ emails: [] })],
    ["an alert without advice", "alerts-with-advice", changed(alert, { because: "" })],
    [
      "a promise that PostHog's project does not keep",
      "promises-of-privacy",
      changed(projectSettingsOf(), { sessionRecordings: true }),
    ],
    [
      "a promise of which PostHog says nothing",
      "promises-of-privacy",
      changed(projectSettingsOf(), { anonymizeIps: undefined }),
    ],
    ["an alert that was switched off", "alerts-switched-on", changed(alert, { enabled: false })],
    [
      "a tile without a reading",
      "tiles-with-a-reading",
      withTile(dashboard("ai-engagement"), "latency", (tile) => ({ ...tile, reading: "" }) as typeof tile),
    ],
    [
      "a tile about an event that the catalog lacks",
      "events-of-the-catalog",
      changed(dashboard("ai-engagement"), {
        tiles: {
          x: {
            kind: "insight",
            title: "X",
            reading: "R",
            query: {
              kind: "InsightVizNode",
              source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "ask.prompt_submited" }] },
            },
          },
        },
      }),
    ],
  ])("%s", ([, rule, stated]) => {
    expect(broken(stated)).toEqual([rule]);
  });
});

describe("a rule holds for", () => {
  test.for<[string, Stated]>([
    ["a key of Sentry that is protected instead", { ...sentryKey("backend-1"), retainOnDelete: false, protect: true }],
    ["a secret variable that is secret", renderVariables({ REDIS_URL: secretValue, SENTRY_DSN: secretValue })],
    [
      "the public capture key",
      pagesVariables({ VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_0123456789abcdef" } }),
    ],
    [
      "a Sentry alert that tells a channel alone",
      sentryAlert({ emails: [], actions: { slack: { type: "slack", config: {} } } }),
    ],
    [
      "a text without a reading",
      changed(dashboard("ai-engagement"), { tiles: { about: { kind: "text", markdown: "x" } } }),
    ],
  ])("%s", ([, stated]) => {
    expect(broken(stated)).toEqual([]);
  });

  test("a stack that may be thrown away", () => {
    expect(broken({ ...redis(), protect: false }, { "brandvx-observability:protect": "false" })).toEqual([]);
  });
});

describe("a rule that looks at what only the update knows is neither broken nor said to hold:", () => {
  const [anything, object] = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"];
  const tile = (inputs: object) =>
    changed(dashboard("ai-engagement"), { tiles: { one: { kind: "insight", ...inputs } } });
  test.for<[string, string, Stated]>([
    ["the owner of an alert", "owned", sentryAlert({ owner: anything })],
    ["the stage of a monitor", "alerts-for-production", sentryMonitor({ environment: anything })],
    ["whom an alert tells", "alerts-tell-somebody", sentryAlert({ emails: anything, actions: {} })],
    ["how an alert tells it", "alerts-tell-somebody", sentryAlert({ emails: [], actions: object })],
    ["what an alert says", "alerts-with-advice", changed(alert, { because: anything })],
    ["a promise", "promises-of-privacy", changed(projectSettingsOf(), { anonymizeIps: anything })],
    ["whether an alert is on", "alerts-switched-on", changed(alert, { enabled: anything })],
    ["how a chart is read", "tiles-with-a-reading", tile({ reading: anything })],
    [
      "what a chart asks",
      "events-of-the-catalog",
      tile({ reading: "x", query: { kind: "EventsNode", event: anything } }),
    ],
    ["a tile", "tiles-with-a-reading", changed(dashboard("ai-engagement"), { tiles: { one: object } })],
    ["all tiles", "events-of-the-catalog", changed(dashboard("ai-engagement"), { tiles: object })],
    ["whether Redis uses TLS", "redis-over-tls", redis({ tls: anything })],
    ["an address", "redis-over-tls", renderVariables({ REDIS_URL: { ...secretValue, value: anything } })],
    ["a variable", "secret-variables", renderVariables({ SENTRY_DSN: object })],
    ["its type", "secret-variables", pagesVariables({ SENTRY_DSN: { type: anything, value: "x" } })],
    ["all variables", "secret-variables", changed(renderVariables({}), { variables: object })],
    ["any text", "no-plain-secret", changed(dashboard("ai-engagement"), { description: anything })],
  ])("%s (%s)", ([, rule, stated]) => {
    const { findings, undecided, holding } = checkPolicy(planOf({ after: [stated] }));
    expect(findings).toEqual([]);
    expect(undecided).toContainEqual({ rule, names: [stated.name] });
    expect(holding).toBe(rules.length - undecided.length);
  });

  test("one that is broken elsewhere is broken", () => {
    const { findings, undecided } = checkPolicy(
      planOf({ after: [sentryAlert({ owner: anything }), changed(dashboard("ai-engagement"), { owner: " " })] }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(["owned"]);
    expect(undecided.map(({ rule }) => rule)).not.toContain("owned");
  });

  test("whoever is told for certain is enough", () => {
    expect(broken(sentryAlert({ emails: anything, actions: { slack: { type: "slack", config: {} } } }))).toEqual([]);
  });
});

test("a key in the configuration is found although its value is not repeated", () => {
  const config = {
    ...{ "render:apiKey": "an-unmarked-key", "sentry:token": "[secret]" },
    "posthog:flagsKey": "phs_0123456789",
  };
  const { findings } = checkPolicy(planOf({ config }));
  expect(findings.map(({ problem }) => problem)).toEqual([
    "the configuration `render:apiKey` is a key, as plain text",
    "the configuration `posthog:flagsKey` is the secret key of a PostHog project, as plain text",
  ]);
});

test("every finding says what mends it, and every rule is a sentence", () => {
  const { findings } = checkPolicy(
    planOf({ after: [{ ...redis({ tls: false }), protect: false }, sentryAlert({ environment: "x", emails: [] })] }),
  );
  for (const { fix } of findings) expect(fix.length).toBeGreaterThan(10);
  for (const { says } of rules) expect(says).toMatch(/^[A-Z].*[^.]$/);
});

test.each(wiringMistakes)("%s still has the wiring %j that the test on the engine does wrong", (file, from) => {
  expect(readFileSync(new URL(`../../../src/platform/${file}`, import.meta.url), "utf8")).toContain(from);
});
