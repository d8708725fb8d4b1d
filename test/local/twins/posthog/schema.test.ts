import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { readFixture } from "../../../vendors/openapi.ts";
import { type Answer, type Client, dashboardWith, place, posthog, sql, trend } from "./client.ts";

type Schema = { properties: Record<string, unknown>; required?: string[]; additionalProperties?: boolean };

const document = readFixture("posthog-schema");
const { endpoints }: { endpoints: { method: string; path: string; responses: string }[] } =
  readFixture("posthog-endpoints");

/**
 * Where the derived schema differs from PostHog: types that its generator lost (queries are `null`, enums are empty
 * objects), and fields that serializers send and the description omits or that were added later.
 */
const known: Record<string, { loose?: string[]; extra?: string[] }> = {
  "Schemas.Dashboard": {
    loose: [
      "creation_mode",
      "effective_privilege_level",
      "effective_restriction_level",
      "restriction_level",
      "breakdown_colors",
    ],
  },
  "Schemas.Insight": {
    loose: ["query", "effective_privilege_level", "effective_restriction_level", "alerts"],
    extra: ["filters", "filters_hash", "saved"],
  },
  "Schemas.Alert": {
    loose: ["condition", "config", "detector_config", "schedule_restriction", "insight", "subscribed_users"],
  },
  "Schemas.Subscription": { extra: ["enabled"] },
  "Schemas.EnterpriseEventDefinition": {
    // nullable in the models, not in the description; `primary_property` was called `promoted_property` then; the owner is
    // written as a number and shown as a user, which a description made of the serializer's fields does not know
    loose: ["owner", "updated_by", "verified_by", "created_by", "action_id", "last_calculated_at"],
    extra: ["primary_property"],
  },
  "Schemas.EnterprisePropertyDefinition": { loose: ["updated_by", "verified_by"] },
  "Schemas.FeatureFlag": { loose: ["rollback_conditions", "usage_dashboard"] },
};

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(document, "posthog");

/** The problems of an answer, or of a part of one that a test wrote, by its schema; as texts. */
function problems(name: string, answer: unknown, { partial = false } = {}): string[] {
  const schema: Schema = structuredClone(document.definitions[name]);
  const { loose = [], extra = [] } = known[name] ?? {};
  for (const field of [...loose, ...extra]) schema.properties[field] = {};
  // checks_total comes with a single alert only
  schema.required = partial ? [] : (schema.required ?? []).filter((field) => field !== "checks_total");
  const validate = ajv.compile({ ...schema, definitions: document.definitions });
  validate(answer);
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** The name of the schema for the answer of an operation, in PostHog's description. */
function answerSchema(method: string, path: string): string {
  const found = endpoints.find((it) => it.method === method && it.path === `/api/projects/{project_id}/${path}`);
  const name = /Schemas\.\w+/.exec(found?.responses ?? "")?.[0];
  if (name === undefined) throw new Error(`No answer is described for ${method} ${path}`);
  return name;
}

const describedIn: Record<string, string> = { "Schemas.EventDefinition": "Schemas.EnterpriseEventDefinition" };

async function conforms(answer: Promise<Answer>, method: string, path: string): Promise<Record<string, unknown>> {
  const { status, body } = await answer;
  const name = answerSchema(method, path);
  expect([status, problems(describedIn[name] ?? name, body)]).toEqual([method === "POST" ? 201 : 200, []]);
  return body;
}

/** Create, read and change, each answer against its schema. */
async function lifecycle(client: Client, kind: string, made: Record<string, unknown>, change: Record<string, unknown>) {
  const { id } = await conforms(client.post(`${kind}/`, made), "POST", `${kind}/`);
  await conforms(client.get(`${kind}/${id}/`), "GET", `${kind}/{id}/`);
  await conforms(client.patch(`${kind}/${id}/`, change), "PATCH", `${kind}/{id}/`);
}

test("the check notices what is missing, wrong or too much", async () => {
  const { body } = await (await posthog()).post("dashboards/", { name: "A" });
  const { team_id: _, ...rest } = body;
  expect(problems("Schemas.Dashboard", { ...rest, pinned: "yes", surprise: 1 })).toEqual([
    expect.stringContaining("must have required property 'team_id'"),
    expect.stringContaining("must NOT have additional properties"),
    expect.stringContaining("/pinned must be boolean"),
  ]);
});

test("what PostHog's Terraform provider writes is what the description takes", () => {
  const { steps } = readFixture("wire-posthog-terraform");
  const requests: { path: string; body: unknown }[] = steps.flatMap((step: { requests: unknown[] }) => step.requests);
  for (const { path, body } of requests.filter((request) => request.body !== null)) {
    const schema = path.includes("/insights/") ? "Schemas.Insight" : "Schemas.Dashboard";
    expect([path, problems(schema, body, { partial: true })]).toEqual([path, []]);
  }
});

describe("answers have the shape of PostHog's own description", () => {
  test("dashboards, with insight, text and button tiles", async () => {
    const client = await posthog();
    await lifecycle(client, "dashboards", { name: "A", tags: ["a"], filters: { date_from: "-7d" } }, { pinned: true });
    const { id } = await dashboardWith(client, "Steps");
    const tiles = [{ text: { body: "Hello" }, layouts: place(0, 0) }, { button_tile: { url: "/x", text: "Go" } }];
    await conforms(client.patch(`dashboards/${id}/`, { tiles }), "PATCH", "dashboards/{id}/");
    await conforms(client.get(`dashboards/${id}/`), "GET", "dashboards/{id}/");
  });

  test("insights, alone and on a dashboard, and their queries", async () => {
    const client = await posthog();
    const dashboard = (await client.post("dashboards/", { name: "A" })).body.id;
    const query = ajv.compile({ $ref: "posthog#/definitions/InsightQuery" });
    for (const asked of [trend(), sql("select 1")]) {
      const { id } = (await client.post("insights/", { name: "A", query: asked })).body;
      const shown = await conforms(client.get(`insights/${id}/`), "GET", "insights/{id}/");
      query(shown.query);
      expect(query.errors).toBeNull();
    }
    await lifecycle(client, "insights", { name: "A", query: trend(), dashboards: [dashboard] }, { description: "B" });
  });

  test("alerts, subscriptions and annotations", async () => {
    const client = await posthog();
    const { insights } = await dashboardWith(client, "Steps");
    const insight = insights[0].id;
    const alert = {
      insight,
      subscribed_users: [501],
      threshold: { configuration: { type: "absolute", bounds: { upper: 1 } } },
      condition: { type: "absolute_value" },
      config: { type: "TrendsAlertConfig", series_index: 0 },
    };
    await lifecycle(client, "alerts", alert, { name: "B" });
    const { insight: basic, subscribed_users } = (await client.get("alerts/")).body.results[0];
    expect(problems("Schemas.UserBasic", subscribed_users[0])).toEqual([]);
    expect(basic.id).toBe(insight);
    const subscription = {
      insight,
      target_type: "email",
      target_value: "a@b.example",
      frequency: "daily",
      start_date: "2026-11-22T00:00:00Z",
    };
    await lifecycle(client, "subscriptions", subscription, { title: "B" });
    await lifecycle(
      client,
      "annotations",
      { content: "A", scope: "project", date_marker: "2026-11-22T00:00:00Z" },
      { content: "B" },
    );
  });

  test("definitions and flags", async () => {
    const client = await posthog();
    await lifecycle(
      client,
      "event_definitions",
      { name: "a", verified: true, owner: 501 },
      { description: "B", hidden: true },
    );
    await client.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "p", properties: { step: "x" } });
    const [{ id }] = (await client.get("property_definitions/")).body.results;
    for (const answer of [
      await client.get(`property_definitions/${id}/`),
      await client.patch(`property_definitions/${id}/`, { verified: true }),
    ]) {
      expect(problems("Schemas.EnterprisePropertyDefinition", answer.body)).toEqual([]);
    }
    await lifecycle(client, "feature_flags", { key: "a", filters: { groups: [{}] } }, { active: false });
  });
});

test("what DELETE answers is what the description says", async () => {
  const client = await posthog();
  const kinds = [
    "dashboards",
    "insights",
    "alerts",
    "subscriptions",
    "annotations",
    "event_definitions",
    "property_definitions",
    "feature_flags",
    "insight_variables",
  ];
  const { insights } = await dashboardWith(client, "Steps");
  const made: Record<string, Record<string, unknown>> = {
    alerts: {
      insight: insights[0].id,
      subscribed_users: [],
      threshold: { configuration: { type: "absolute", bounds: { upper: 1 } } },
      condition: { type: "absolute_value" },
      config: { type: "TrendsAlertConfig", series_index: 0 },
    },
    event_definitions: { name: "a" },
    insight_variables: { name: "a", type: "String" },
  };
  await client.post("/e/", { api_key: "phc_local", event: "b", distinct_id: "p", properties: { step: "x" } });
  for (const kind of kinds) {
    const id =
      kind === "property_definitions"
        ? (await client.get(`${kind}/`)).body.results[0].id
        : made[kind]
          ? (await client.post(`${kind}/`, made[kind])).body.id
          : 1;
    const described = endpoints.find(
      (it) => it.method === "DELETE" && it.path === `/api/projects/{project_id}/${kind}/{id}/`,
    );
    const status = Number(/\d{3}/.exec(described?.responses ?? "")?.[0]);
    expect([kind, (await client.delete(`${kind}/${id}/`)).status]).toEqual([kind, status]);
  }
});
