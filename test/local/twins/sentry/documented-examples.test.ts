import { describe, expect, test } from "vitest";
import { readFixture } from "../../../vendors/openapi.ts";
import { alert, organization, sentryWithProject } from "./support.ts";

interface Example {
  type: string;
  comparison?: unknown;
  config?: unknown;
  integrationId?: string | null;
}

/** The complete JSON blocks in Sentry's own text on alerts. */
const { examples }: { examples: Example[] } = readFixture("sentry-alert-examples");
const named = (list: Example[]) => list.map((example) => [example.type, example] as const);

describe("Sentry's own examples are taken", () => {
  const conditions = examples.filter((example) => "comparison" in example);
  const actions = examples.filter((example) => "config" in example);
  test("and there are enough of them", () => {
    expect([conditions.length > 12, actions.length > 4]).toEqual([true, true]);
  });

  // This one lacks the comparison interval, which the text above it names.
  test.each(named(conditions.filter(({ type }) => type !== "percent_sessions_percent")))(
    "condition %s",
    async (_, condition) => {
      const { api } = await sentryWithProject({ environments: ["production", "prod"] });
      const actionFilters = [{ logicType: "all", conditions: [condition], actions: [] }];
      const made = await api.post(`${organization}/workflows/`, { ...alert, actionFilters });
      expect([made.status, made.body.actionFilters?.[0].conditions]).toMatchObject([201, [condition]]);
    },
  );

  test.each(named(actions))("action %s", async (_, action) => {
    const integrations = action.integrationId ? [{ id: action.integrationId, provider: action.type, name: "it" }] : [];
    const { api } = await sentryWithProject({ integrations, environments: ["production", "prod"] });
    const actionFilters = [{ logicType: "all", conditions: [], actions: [action] }];
    const made = await api.post(`${organization}/workflows/`, { ...alert, actionFilters });
    expect([made.status, made.body.actionFilters?.[0].actions[0].type]).toEqual([201, action.type]);
  });
});
