import { describe, expect, test } from "vitest";
import { alert, monitor, organization, sentryWithProject } from "./support.ts";

const monitors = `${organization}/projects/operator-ui/detectors/`;
const ids = (items: { id: string }[]) => items.map((item) => item.id);

describe("a monitor", () => {
  test("is answered in another shape than it was asked for", async () => {
    const { api, team } = await sentryWithProject();
    const made = await api.post(monitors, { ...monitor, owner: `team:${team.id}` });
    expect(made.status).toBe(201);
    const { dataSources, owner, conditionGroup } = (await api.get(`${organization}/detectors/${made.body.id}/`)).body;
    expect(owner).toEqual({ type: "team", id: team.id, name: "platform" });
    expect(dataSources[0]).toMatchObject({
      type: "snuba_query_subscription",
      queryObj: {
        snubaQuery: { aggregate: "count()", timeWindow: 3600, environment: "production", eventTypes: ["error"] },
      },
    });
    expect(dataSources[0].queryObj.snubaQuery).not.toHaveProperty("queryType");
    expect(conditionGroup.logicType).toBe("any");
  });

  test("gives its conditions in any order, whose ids tell the order they were sent in", async () => {
    const numbers = [0.9, 0.1, 0.5, 0.2, 0.7];
    let at = 0;
    const { api } = await sentryWithProject({ random: () => numbers[at++ % numbers.length] ?? 0 });
    const { id } = (await api.post(monitors, monitor)).body;
    const seen = new Set<string>();
    for (let reading = 0; reading < 8; reading += 1) {
      const { conditions } = (await api.get(`${organization}/detectors/${id}/`)).body.conditionGroup;
      seen.add(ids(conditions).join());
      const sorted = [...conditions].sort((left, right) => Number(left.id) - Number(right.id));
      expect(sorted.map(({ id: _, ...condition }) => condition)).toEqual(monitor.conditionGroup.conditions);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  test.each([
    ["a time window in minutes", { dataSources: [{ ...monitor.dataSources[0], timeWindow: 30 }] }, "dataSources"],
    [
      "no way to resolve",
      { conditionGroup: { logicType: "any", conditions: monitor.conditionGroup.conditions.slice(0, 2) } },
      "conditionGroup",
    ],
    [
      "an unknown priority",
      { conditionGroup: { logicType: "any", conditions: [{ type: "gt", comparison: 1, conditionResult: 99 }] } },
      "conditionGroup",
    ],
    ["an unknown dataset", { dataSources: [{ ...monitor.dataSources[0], dataset: "errors" }] }, "dataSources"],
    ["a long name", { name: "x".repeat(201) }, "name"],
    ["a team that is not there", { owner: "team:999" }, "owner"],
  ])("with %s is refused by field", async (_, change, field) => {
    const { api } = await sentryWithProject();
    const refused = await api.post(monitors, { ...monitor, ...change });
    expect([refused.status, Object.keys(refused.body)]).toEqual([400, [field]]);
  });

  test("is changed and deleted, and alerts forget it", async () => {
    const { api } = await sentryWithProject();
    const { id } = (await api.post(monitors, monitor)).body;
    const bound = (await api.post(`${organization}/workflows/`, { ...alert, detectorIds: [id] })).body;
    const changed = await api.put(`${organization}/detectors/${id}/`, { ...monitor, enabled: false });
    expect(changed.body).toMatchObject({ enabled: false, workflowIds: [bound.id] });
    expect((await api.delete(`${organization}/detectors/${id}/`)).status).toBe(204);
    expect((await api.get(`${organization}/workflows/${bound.id}/`)).body.detectorIds).toEqual([]);
    expect((await api.get(`${organization}/detectors/${id}/`)).status).toBe(404);
  });

  test("that Sentry made can be neither made nor deleted", async () => {
    const { api } = await sentryWithProject();
    const [error] = (await api.get(`${organization}/detectors/?query=type:error`)).body;
    expect((await api.delete(`${organization}/detectors/${error.id}/`)).status).toBe(403);
    expect((await api.post(monitors, { name: "mine", type: "error" })).status).toBe(400);
  });

  test("is found by project, type and name", async () => {
    const { api, project } = await sentryWithProject();
    const { id } = (await api.post(monitors, monitor)).body;
    const find = async (query: string) => ids((await api.get(`${organization}/detectors/?${query}`)).body);
    expect(await find(`project=${project.id}&query=type%3Ametric_issue`)).toEqual([id]);
    expect(await find("query=spike")).toEqual([id]);
    expect(await find("project=-1&sortBy=-id")).toHaveLength(3);
    expect((await find("project=-1&sortBy=-id"))[0]).toBe(id);
  });
});

describe("an alert", () => {
  test("may have the name of another", async () => {
    const { api } = await sentryWithProject();
    const [first, second] = [
      await api.post(`${organization}/workflows/`, alert),
      await api.post(`${organization}/workflows/`, alert),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).not.toBe(second.body.id);
  });

  test("keeps what it was given, under ids of its own", async () => {
    const { api } = await sentryWithProject();
    const { id } = (await api.post(`${organization}/workflows/`, alert)).body;
    const read = (await api.get(`${organization}/workflows/${id}/`)).body;
    expect(read).toMatchObject({
      name: alert.name,
      environment: "production",
      config: { frequency: 1440 },
      owner: null,
    });
    expect(read.actionFilters[0].conditions[0]).toMatchObject({ comparison: { value: 100, interval: "1h" } });
    expect(read.actionFilters[0].actions[0]).toMatchObject({
      type: "email",
      integrationId: null,
      config: { targetType: "issue_owners", targetIdentifier: null, targetDisplay: null },
      status: "active",
    });
    expect(read.actionFilters[0].actions[0].id).toMatch(/^\d+$/);
  });

  test("is changed only with its id in the body", async () => {
    const { api } = await sentryWithProject();
    const { id } = (await api.post(`${organization}/workflows/`, alert)).body;
    const without = await api.put(`${organization}/workflows/${id}/`, alert);
    expect([without.status, without.body]).toEqual([400, { id: ["This field is required."] }]);
    const changed = await api.put(`${organization}/workflows/${id}/`, { ...alert, id, environment: null });
    expect([changed.status, changed.body.environment]).toEqual([200, null]);
  });

  const slack = (integrationId: string) => ({
    type: "slack",
    integrationId,
    data: {},
    config: { targetType: "specific", targetIdentifier: "", targetDisplay: "alerts" },
  });
  const withAction = (action: unknown) => ({
    ...alert,
    actionFilters: [{ logicType: "all", conditions: [], actions: [action] }],
  });

  test("to Slack has its channel looked up", async () => {
    const { api } = await sentryWithProject();
    const { body } = await api.post(`${organization}/workflows/`, withAction(slack("1")));
    expect(body.actionFilters[0].actions[0].config).toMatchObject({
      targetDisplay: "alerts",
      targetIdentifier: expect.stringMatching(/^C/),
    });
  });

  test.each([
    ["an unknown integration", withAction(slack("99")), "actionFilters"],
    [
      "an e-mail to a team without the team",
      withAction({ type: "email", config: { targetType: "team" } }),
      "actionFilters",
    ],
    ["a monitor that is not there", { ...alert, detectorIds: ["999"] }, "detectorIds"],
    ["a frequency below zero", { ...alert, config: { frequency: -1 } }, "config"],
    [
      "an unknown trigger",
      { ...alert, triggers: { logicType: "any-short", conditions: [{ type: "every_minute", comparison: true }] } },
      "triggers",
    ],
    [
      "an unknown interval",
      withCondition({ type: "event_frequency_count", comparison: { value: 1, interval: "2h" } }),
      "actionFilters",
    ],
    ["no name", { ...alert, name: undefined }, "name"],
  ])("with %s is refused by field", async (_, body, field) => {
    const { api } = await sentryWithProject();
    const refused = await api.post(`${organization}/workflows/`, body);
    expect([refused.status, Object.keys(refused.body)]).toEqual([400, [field]]);
  });

  test("that was blanked by hand stays blank", async () => {
    const { api } = await sentryWithProject();
    const { id } = (await api.post(`${organization}/workflows/`, alert)).body;
    await api.put(`${organization}/workflows/${id}/`, {
      ...alert,
      id,
      actionFilters: [{ logicType: "all", conditions: [], actions: [] }],
    });
    expect((await api.get(`${organization}/workflows/${id}/`)).body.actionFilters[0].conditions).toEqual([]);
  });

  test("is deleted alone or with others", async () => {
    const { api } = await sentryWithProject();
    const made = [];
    for (let number = 0; number < 3; number += 1)
      made.push((await api.post(`${organization}/workflows/`, alert)).body.id);
    expect((await api.delete(`${organization}/workflows/${made[0]}/`)).status).toBe(204);
    expect((await api.delete(`${organization}/workflows/`)).status).toBe(400);
    expect((await api.delete(`${organization}/workflows/?id=${made[1]}&id=${made[2]}`)).status).toBe(204);
    expect((await api.get(`${organization}/workflows/?query=returning`)).body).toEqual([]);
  });
});

function withCondition(condition: unknown) {
  return { ...alert, actionFilters: [{ logicType: "all", conditions: [condition], actions: [] }] };
}

test.each([
  "/api/0/projects/brandvx/operator-ui/rules/",
  "/api/0/projects/brandvx/operator-ui/alert-rules/5/",
  `${organization}/alert-rules/5/`,
])("the alert API of old is gone: %s", async (path) => {
  const { api } = await sentryWithProject();
  for (const answer of [await api.get(path), await api.post(path, { name: "x" })]) {
    expect([answer.status, answer.body]).toEqual([410, { detail: "This API no longer exists." }]);
    expect(answer.headers.get("X-Sentry-Replacement-Endpoint")).toBe("/api/0/organizations/brandvx/workflows/");
  }
});
