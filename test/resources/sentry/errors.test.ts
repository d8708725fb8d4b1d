import { describe, expect, test } from "vitest";
import type { Scope } from "../../../src/local/twins/sentry/auth.ts";
import { nextCursor } from "../../../src/resources/sentry/api.ts";
import { explain } from "../../../src/resources/sentry/explain.ts";
import { readError } from "../../../src/resources/sentry/read-error.ts";
import { sentry } from "../../local/twins/sentry/support.ts";

describe("Sentry's words", () => {
  test.each([
    [{ detail: "Invalid token" }, { detail: "Invalid token" }],
    [
      { detail: { code: "sso-required", message: "Must login via SSO" } },
      { code: "sso-required", detail: "Must login via SSO" },
    ],
    [{ name: ["This field may not be blank."] }, { detail: "name: This field may not be blank." }],
    [
      { dataSources: [{ environment: ["Environment is not part of this organization"] }], name: ["Too long.", "Bad."] },
      { detail: "dataSources.0.environment: Environment is not part of this organization; name: Too long. Bad." },
    ],
    [["Too many conditions"], { detail: "Too many conditions" }],
    [{ message: "This API no longer exists." }, { detail: "This API no longer exists." }],
    ["<html>", {}],
    [null, {}],
  ])("%j are read as %j", (body, said) => {
    expect(readError(body)).toEqual(said);
  });
});

describe("an error says what to look at", () => {
  const place = { root: "https://sentry.io", organization: "brandvx" };
  const failed = (status: number, method: string, path: string, detail = "") =>
    explain({ vendor: "Sentry", status, method, path, detail, code: undefined }, place);

  test.each([
    ["POST", "/api/0/organizations/brandvx/workflows/", "alerts:write"],
    ["GET", "/api/0/organizations/brandvx/detectors/1/", "alerts:read"],
    ["POST", "/api/0/organizations/brandvx/projects/operator-ui/detectors/", "alerts:write"],
    ["PUT", "/api/0/projects/brandvx/operator-ui/filters/localhost/", "project:write"],
    ["DELETE", "/api/0/projects/brandvx/operator-ui/keys/1/", "project:admin"],
    ["GET", "/api/0/teams/brandvx/platform/", "team:read"],
    ["GET", "/api/0/organizations/brandvx/", "org:read"],
    ["POST", "/api/0/organizations/brandvx/releases/", "project:releases"],
    ["PUT", "/api/0/organizations/brandvx/releases/operator-ui%401.4.2/", "project:releases"],
    ["POST", "/api/0/organizations/brandvx/releases/operator-ui%401.4.2/deploys/", "project:releases"],
    ["DELETE", "/api/0/organizations/brandvx/releases/operator-ui%401.4.2/files/7/", "project:releases"],
    ["GET", "/api/0/organizations/brandvx/releases/?query=operator-ui%40", "project:releases or project:read"],
    ["GET", "/api/0/organizations/brandvx/issues/?limit=1", "event:read"],
    ["PUT", "/api/0/organizations/brandvx/issues/7/", "event:write"],
    ["DELETE", "/api/0/organizations/brandvx/issues/7/", "event:admin"],
    ["GET", `/api/0/organizations/brandvx/eventids/${"a".repeat(32)}/`, "org:read"],
    ["GET", `/api/0/projects/brandvx/operator-ui/events/${"a".repeat(32)}/`, "project:read"],
    ["GET", `/api/0/projects/brandvx/operator-ui/events/${"a".repeat(32)}/source-map-debug/`, "project:read"],
    ["GET", "/api/0/projects/brandvx/releases/keys/", "project:read"],
    ["PUT", "/api/0/projects/brandvx/issues/ownership/", "project:write"],
    ["GET", "/api/0/organizations/brandvx/projects/", "org:read"],
    ["GET", "/api/0/organizations/brandvx/teams/", "org:read"],
    ["POST", "/api/0/organizations/brandvx/teams/", "team:write"],
    ["DELETE", "/api/0/teams/brandvx/platform/", "team:admin"],
    ["POST", "/api/0/teams/brandvx/platform/projects/", "project:write"],
    ["GET", "/api/0/organizations/brandvx/members/", "member:read"],
    ["PUT", "/api/0/organizations/brandvx/", "org:write"],
  ])("%s %s needs %s", (method, path, scope) => {
    expect(failed(403, method, path)).toContain(`needs ${scope}.`);
  });

  test.each([
    ["POST", "/api/0/organizations/brandvx/releases/"],
    ["GET", "/api/0/organizations/brandvx/releases/"],
    ["DELETE", "/api/0/organizations/brandvx/releases/operator-ui%401.4.2/files/7/"],
    ["GET", "/api/0/organizations/brandvx/issues/"],
    ["PUT", "/api/0/organizations/brandvx/issues/7/"],
    ["GET", `/api/0/organizations/brandvx/eventids/${"a".repeat(32)}/`],
    ["GET", `/api/0/projects/brandvx/operator-ui/events/${"a".repeat(32)}/`],
    ["GET", "/api/0/projects/brandvx/operator-ui/keys/"],
    ["GET", "/api/0/organizations/brandvx/projects/"],
    ["GET", "/api/0/organizations/brandvx/detectors/"],
    ["POST", "/api/0/organizations/brandvx/workflows/"],
    ["GET", "/api/0/teams/brandvx/platform/"],
  ])("a token that gets each scope which a refusal of %s %s names is refused no more", async (method, path) => {
    const named = /needs ([\w:]+(?: or [\w:]+)?)\./.exec(failed(403, method, path) ?? "")?.[1]?.split(" or ") ?? [];
    expect(named.length).toBeGreaterThan(0);
    const asked = async (scopes: readonly Scope[]) => {
      const { twin } = await sentry({ scopes });
      const headers = { Authorization: "Bearer sntryu_test", "Content-Type": "application/json" };
      return (await fetch(twin.url + path, { method, headers, ...(method === "GET" ? {} : { body: "{}" }) })).status;
    };
    expect(await asked([])).toBe(403);
    for (const scope of named) expect(await asked([scope as Scope]), scope).not.toBe(403);
  });

  test.each([
    ["/api/0/organizations/brandvx/workflows/7/", 'alert 7 in the organization "brandvx"'],
    ["/api/0/organizations/brandvx/detectors/7/", 'monitor 7 in the organization "brandvx"'],
    ["/api/0/projects/brandvx/operator-ui/keys/", 'project "operator-ui" in the organization "brandvx"'],
    [
      "/api/0/organizations/brandvx/projects/operator-ui/detectors/",
      'project "operator-ui" in the organization "brandvx"',
    ],
    ["/api/0/organizations/brandvx/", 'organization "brandvx"'],
    [
      "/api/0/organizations/brandvx/releases/operator-ui%401.4.2/deploys/",
      'release operator-ui@1.4.2 in the organization "brandvx"',
    ],
    ["/api/0/organizations/brandvx/issues/7/", 'issue 7 in the organization "brandvx"'],
    [
      `/api/0/organizations/brandvx/eventids/${"a".repeat(32)}/`,
      `event ${"a".repeat(32)} in the organization "brandvx"`,
    ],
    [
      `/api/0/projects/brandvx/operator-ui/events/${"a".repeat(32)}/`,
      `event ${"a".repeat(32)} in the project "operator-ui" of the organization "brandvx"`,
    ],
    ["/api/0/projects/brandvx/releases/keys/", 'project "releases" in the organization "brandvx"'],
  ])("what is missing at %s is the %s", (path, missing) => {
    expect(failed(404, "GET", path)).toContain(`there is no ${missing}`);
  });

  test("an environment that Sentry has not seen yet", () => {
    const detail = "dataSources.0.environment: Environment is not part of this organization";
    const path = "/api/0/organizations/brandvx/projects/operator-ui/detectors/";
    expect(failed(400, "POST", path, detail)).toMatch(
      /does not know the environment yet .* first event .* run the same command again/,
    );
  });
});

describe("the next page", () => {
  const link = (results: boolean) =>
    `<https://sentry.io/api/0/x/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://sentry.io/api/0/x/?cursor=0:100:0>; rel="next"; results="${results}"; cursor="0:100:0"`;

  test("is named in a header, even when there is none", () => {
    expect(nextCursor(link(true))).toBe("0:100:0");
    expect(nextCursor(link(false))).toBeUndefined();
    expect(nextCursor(undefined)).toBeUndefined();
  });
});
