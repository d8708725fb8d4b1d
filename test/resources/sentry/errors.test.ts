import { describe, expect, test } from "vitest";
import { nextCursor } from "../../../src/resources/sentry/api.ts";
import { explain } from "../../../src/resources/sentry/explain.ts";
import { readError } from "../../../src/resources/sentry/read-error.ts";

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
  ])("%s %s needs %s", (method, path, scope) => {
    expect(failed(403, method, path)).toContain(`needs ${scope}.`);
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
