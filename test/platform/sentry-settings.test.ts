import { expect, test } from "vitest";
import { type SentryValues, sentryConfiguration, sentrySettings } from "../../src/platform/settings/sentry.ts";

const keys = Object.keys(sentryConfiguration) as (keyof SentryValues)[];
const read = (values: Partial<Record<keyof SentryValues, string>>) =>
  keys.map((key) => ({ key, ...sentryConfiguration[key].schema.safeParse(values[key]) }));
const parsed = (values: Partial<Record<keyof SentryValues, string>>) =>
  Object.fromEntries(read(values).map(({ key, data }) => [key, data])) as SentryValues;
const problems = (values: Partial<Record<keyof SentryValues, string>>) =>
  read(values).flatMap(({ key, error }) => error?.issues.map(({ message }) => [key, message]) ?? []);

test("Sentry needs the organization alone", () => {
  expect(sentrySettings(parsed({ sentryOrganization: "brandvx" }))).toEqual({
    baseUrl: "https://sentry.io",
    organization: "brandvx",
    team: "platform",
    projects: { browser: "operator-ui", server: "backend" },
    slackIntegrationId: undefined,
    keyGeneration: 1,
  });
  expect(problems({}).map(([key]) => key)).toEqual(["sentryOrganization"]);
});

test("values arrive as texts", () => {
  const given = { sentryOrganization: "brandvx", sentryKeyGeneration: "2", sentrySlackIntegrationId: "77" };
  expect(sentrySettings(parsed(given))).toMatchObject({ keyGeneration: 2, slackIntegrationId: "77" });
});

test.each([
  [
    "sentryOrganization",
    "Brand VX",
    "is not a slug (lower-case letters, digits, hyphens and underscores, not digits alone)",
  ],
  [
    "sentryOrganization",
    "12345",
    "is not a slug (lower-case letters, digits, hyphens and underscores, not digits alone)",
  ],
  ["sentryServerProject", "", "is not a slug (lower-case letters, digits, hyphens and underscores, not digits alone)"],
  ["sentrySlackIntegrationId", "#alerts", "is not the number of an integration"],
  ["sentryKeyGeneration", "0", "starts at 1"],
  ["sentryKeyGeneration", "two", "is not a number"],
  ["sentry:baseUrl", "sentry.io", "is not an http(s) address"],
])("%s: %s %s", (key, value, problem) => {
  expect(problems({ sentryOrganization: "brandvx", [key]: value })).toEqual([[key, problem]]);
});
