import { describe, expect, test } from "vitest";
import { posthog } from "./client.ts";

const refused = (status: number, code: string, detail: string) => ({
  status,
  body: { type: status === 404 ? "invalid_request" : "authentication_error", code, detail, attr: null },
});

describe("who may ask", () => {
  test("no key is 401 not_authenticated", async () => {
    const answer = await (await posthog()).as(null).get("dashboards/");
    expect(answer).toMatchObject(refused(401, "not_authenticated", "Authentication credentials were not provided."));
  });

  test.each(["phx_wrong", "phc_local"])(
    "%s is 401 authentication_failed: a project's key is no personal one",
    async (key) => {
      const answer = await (await posthog()).as(key).get("dashboards/");
      expect(answer).toMatchObject(
        refused(401, "authentication_failed", "Personal API key found in request Authorization header is invalid."),
      );
    },
  );

  test("the key may also come in the query or the body, and is named as such when it is wrong", async () => {
    const client = (await posthog()).as(null);
    expect((await client.get("dashboards/?personal_api_key=phx_local")).status).toBe(200);
    expect((await client.post("dashboards/", { personal_api_key: "phx_local", name: "A" })).status).toBe(201);
    expect((await client.get("dashboards/?personal_api_key=phx_no")).body.detail).toContain(
      "in request query string is",
    );
    expect((await client.post("dashboards/", { personal_api_key: "phx_no" })).body.detail).toContain(
      "in request body is",
    );
  });

  test("a key without the scope is 403 and told which one; write implies read", async () => {
    const client = await posthog({
      scopedKeys: [
        { key: "phx_reader", scopes: ["dashboard:read"] },
        { key: "phx_writer", scopes: ["dashboard:write"] },
      ],
    });
    expect((await client.as("phx_reader").get("dashboards/")).status).toBe(200);
    expect(await client.as("phx_reader").post("dashboards/", { name: "A" })).toMatchObject(
      refused(403, "permission_denied", "API key missing required scope 'dashboard:write'"),
    );
    expect((await client.as("phx_writer").get("dashboards/")).status).toBe(200);
    expect((await client.as("phx_writer").get("insights/")).body.detail).toBe(
      "API key missing required scope 'insight:read'",
    );
    expect(client.twin.live().dashboards).toEqual([]);
  });

  test("asking a query is reading", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_asks", scopes: ["query:read"] }] });
    const query = { kind: "HogQLQuery", query: "select count() from events" };
    expect((await client.as("phx_asks").post("query/", { query })).status).toBe(200);
  });

  test("another project is 404, and 403 for a key that is confined elsewhere", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_other", scopes: ["*"], projects: [7] }] });
    expect(await client.get("/api/projects/99/dashboards/")).toMatchObject(
      refused(404, "not_found", "Project not found."),
    );
    expect(await client.as("phx_other").get("dashboards/")).toMatchObject(
      refused(403, "permission_denied", "API key does not have access to the requested project: ID 1."),
    );
  });
});

describe("a key that is confined to projects", () => {
  test.each(["/api/organizations/@current/members/", "/api/organizations/@current/", "/api/projects/"])(
    "may not read %s",
    async (path) => {
      const client = await posthog({ scopedKeys: [{ key: "phx_project", scopes: ["*"], projects: [1] }] });
      expect((await client.as("phx_project").get("dashboards/")).status).toBe(200);
      expect(await client.as("phx_project").get(path)).toMatchObject(
        refused(
          403,
          "permission_denied",
          "API keys with scoped projects are only supported on project-based endpoints.",
        ),
      );
    },
  );
});

describe("what a key may do", () => {
  test("is told to the key itself, without any scope for it", async () => {
    const scopes = ["dashboard:write"];
    const client = await posthog({ scopedKeys: [{ key: "phx_some", scopes, projects: [1] }] });
    expect((await client.get("/api/personal_api_keys/@current/")).body).toMatchObject({
      scopes: ["*"],
      scoped_teams: [],
      value: null,
    });
    expect((await client.as("phx_some").get("/api/personal_api_keys/@current")).body).toMatchObject({
      scopes,
      scoped_teams: [1],
      scoped_organizations: [],
    });
    expect((await client.as("phx_no").get("/api/personal_api_keys/@current/")).status).toBe(401);
  });
});

describe("paths", () => {
  test("environments is an alias of projects, and the slash at the end is optional", async () => {
    const client = await posthog();
    await client.post("dashboards/", { name: "A" });
    for (const path of [
      "/api/environments/1/dashboards/",
      "/api/projects/1/dashboards",
      "/api/projects/@current/dashboards/",
    ]) {
      expect((await client.get(path)).body.count).toBe(1);
    }
  });

  test("an unknown path and an unknown method are answered in PostHog's envelope", async () => {
    const client = await posthog();
    expect(await client.get("nothing/")).toMatchObject(refused(404, "not_found", "Endpoint not found."));
    expect((await client.post("property_definitions/", { name: "x" })).body).toEqual({
      type: "invalid_request",
      code: "method_not_allowed",
      detail: 'Method "POST" not allowed.',
      attr: null,
    });
  });

  test("a body that is no JSON is a parse error", async () => {
    const { twin } = await posthog();
    const response = await fetch(`${twin.url}/api/projects/1/dashboards/`, {
      method: "POST",
      headers: { Authorization: "Bearer phx_local" },
      body: "{not json",
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, "parse_error"]);
  });
});

describe("people and project", () => {
  test("members carry the numeric ids that alerts want, users/@me does not", async () => {
    const client = await posthog();
    const me = (await client.get("/api/users/@me/")).body;
    const members = (await client.get(`/api/organizations/${me.organization.id}/members/`)).body;
    expect(
      members.results.map((member: { user: { id: number; email: string } }) => [member.user.id, member.user.email]),
    ).toEqual([
      [501, "platform@brandvx.example"],
      [502, "on-call@brandvx.example"],
    ]);
    expect(me).not.toHaveProperty("id");
    expect((await client.get("/api/organizations/@current/members/")).body.count).toBe(2);
    expect((await client.get("/api/organizations/0000/members/")).status).toBe(404);
  });

  test("a project tells its key, time zone and week start", async () => {
    const client = await posthog({ projectId: 42, projectKey: "phc_x", weekStart: 1, timezone: "Europe/Berlin" });
    const project = { id: 42, api_token: "phc_x", week_start_day: 1, timezone: "Europe/Berlin" };
    expect((await client.get("/api/projects/42/")).body).toMatchObject(project);
    expect((await client.get("/api/projects/")).body.results).toMatchObject([project]);
  });
});
