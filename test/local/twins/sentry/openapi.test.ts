import { describe, expect, test } from "vitest";
import { openApi } from "../../../vendors/openapi.ts";
import type { HttpClient } from "../http-client.ts";
import { alert, defaultKey, monitor, organization, sentryWithProject } from "./support.ts";
import { terraformApi, wrongForTerraform } from "./terraform-shape.ts";

const published = openApi("sentry");
const project = "/api/0/projects/brandvx/operator-ui";

/** Sends the request and checks its answer against the description. */
async function conforms(api: HttpClient, method: string, path: string, body?: unknown) {
  const answer = await api.send(method, path, body);
  expect(published.response(method, path, answer.status, answer.body)).toEqual([]);
  return answer.body;
}

describe("answers have the shape that Sentry publishes", () => {
  test("teams, projects, keys, filters", async () => {
    const { api } = await sentryWithProject();
    await conforms(api, "POST", `${organization}/teams/`, { name: "Growth" });
    await conforms(api, "GET", `${organization}/teams/`);
    await conforms(api, "GET", "/api/0/teams/brandvx/growth/");
    await conforms(api, "PUT", "/api/0/teams/brandvx/growth/", { name: "Growth", slug: "growth" });
    await conforms(api, "GET", "/api/0/teams/brandvx/growth/projects/");
    const made = await conforms(api, "POST", "/api/0/teams/brandvx/growth/projects/", { name: "server" });
    expect(made.slug).toBe("server");
    await conforms(api, "GET", `${project}/`);
    expect(
      wrongForTerraform(
        "GET",
        `${project}/`,
        200,
        await conforms(api, "PUT", `${project}/`, { platform: "javascript" }),
      ),
    ).toEqual([]);
    await conforms(api, "POST", `${project}/teams/growth/`);
    await conforms(api, "DELETE", `${project}/teams/growth/`);
    await conforms(api, "GET", `${organization}/projects/`);
    const key = await conforms(api, "POST", `${project}/keys/`, { name: "own", rateLimit: { window: 60, count: 10 } });
    expect(wrongForTerraform("GET", `${project}/keys/`, 200, await conforms(api, "GET", `${project}/keys/`))).toEqual(
      [],
    );
    await conforms(api, "GET", `${project}/keys/${key.id}/`);
    await conforms(api, "PUT", `${project}/keys/${key.id}/`, { name: "own", isActive: false });
    await conforms(api, "GET", `${project}/filters/`);
  });

  test("organization, members, integrations", async () => {
    const { api } = await sentryWithProject();
    await conforms(api, "GET", `${organization}/`);
    await conforms(api, "GET", `${organization}/members/`);
    await conforms(api, "GET", `${organization}/integrations/`);
  });

  test("monitors and alerts", async () => {
    const { api, team } = await sentryWithProject();
    const monitors = `${organization}/projects/operator-ui/detectors/`;
    const detector = await conforms(api, "POST", monitors, { ...monitor, owner: `team:${team.id}` });
    expect(wrongForTerraform("GET", `${organization}/detectors/${detector.id}/`, 200, detector)).toEqual([]);
    await conforms(api, "GET", `${organization}/detectors/`);
    await conforms(api, "PUT", `${organization}/detectors/${detector.id}/`, monitor);
    const workflow = await conforms(api, "POST", `${organization}/workflows/`, {
      ...alert,
      detectorIds: [detector.id],
    });
    expect(wrongForTerraform("GET", `${organization}/workflows/${workflow.id}/`, 200, workflow)).toEqual([]);
    await conforms(api, "PUT", `${organization}/workflows/${workflow.id}/`, { ...alert, id: workflow.id });
    await conforms(api, "GET", `${organization}/workflows/`);
  });

  test("issues and events", async () => {
    const { api, twin } = await sentryWithProject();
    const key = await defaultKey(api);
    const event = {
      event_id: "a".repeat(32),
      platform: "node",
      exception: { values: [{ type: "Error", value: "x" }] },
    };
    await fetch(`${twin.url}/api/${key.projectId}/store/?sentry_key=${key.public}`, {
      method: "POST",
      body: JSON.stringify(event),
    });
    const issues = await api.get(`${project}/issues/`);
    expect(issues.body).toHaveLength(1);
    await conforms(api, "GET", `${organization}/issues/${issues.body[0].id}/`);
    await conforms(api, "GET", `${organization}/issues/${issues.body[0].id}/events/`);
    await conforms(api, "PUT", `${project}/issues/?id=${issues.body[0].id}`, { status: "resolved" });
    await conforms(api, "GET", `${project}/events/`);
  });
});

test("the examples of requests in these tests have the shape that a real client sends", () => {
  expect(terraformApi.request("POST", "/0/organizations/brandvx/projects/operator-ui/detectors/", monitor)).toEqual([]);
  expect(terraformApi.request("POST", "/0/organizations/brandvx/workflows/", { ...alert, detectorIds: ["1"] })).toEqual(
    [],
  );
});

test.each([
  [
    "uptime",
    {
      type: "uptime_domain_failure",
      dataSources: [
        {
          url: "https://api.brandvx.io/health",
          method: "GET",
          body: null,
          headers: [["accept", "application/json"]],
          intervalSeconds: 60,
          timeoutMs: 5000,
          traceSampling: false,
          assertion: null,
        },
      ],
      config: { mode: 1, environment: "production", recoveryThreshold: 1, downtimeThreshold: 3 },
    },
  ],
  [
    "cron",
    {
      type: "monitor_check_in_failure",
      dataSources: [
        {
          name: "nightly",
          config: {
            schedule_type: "crontab",
            schedule: "0 * * * *",
            checkin_margin: 1,
            failure_issue_threshold: 1,
            max_runtime: 30,
            recovery_threshold: 1,
            timezone: "UTC",
          },
        },
      ],
    },
  ],
])("a monitor of %s is taken and answered as a real client wants it", async (name, parts) => {
  const { api } = await sentryWithProject();
  const path = `${organization}/projects/operator-ui/detectors/`;
  const body = { projectId: "operator-ui", name, description: null, enabled: true, owner: null, ...parts };
  expect(terraformApi.request("POST", path.replace(/^\/api/, ""), body)).toEqual([]);
  const made = await conforms(api, "POST", path, body);
  expect(wrongForTerraform("GET", `${organization}/detectors/${made.id}/`, 200, made)).toEqual([]);
});
