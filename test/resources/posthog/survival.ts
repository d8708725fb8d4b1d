import type { Lifetime } from "../lifetime.ts";
import { type Scenario as Any, type Fault, survive as surviveAny } from "../survival.ts";
import {
  liveDefinitions,
  liveFlags,
  liveGroups,
  liveMarks,
  liveSubscriptions,
  type Process,
  type Setting,
  setting,
} from "./support.ts";

export { faults } from "../survival.ts";

export interface Scenario<Inputs extends object> extends Pick<Any<Setting, Inputs>, "before" | "command" | "after"> {
  /** Which of a process's providers it runs on. */
  resource: (process: Process) => Lifetime<Inputs>;
  twin?: Parameters<typeof setting>[0];
}

/** A scenario in which each write can fail in turn: see {@link surviveAny}. */
export const survival = <Inputs extends object>({ resource, twin, ...scenario }: Scenario<Inputs>) => {
  const any: Any<Setting, Inputs> = {
    ...scenario,
    start: () => setting(twin, { times: 1000 }),
    resource: (at) => resource(at.process()),
    standing,
  };
  return (fault: Fault): Promise<string[]> => surviveAny(any, fault, 3);
};

function filterOf({ twin }: Setting): object | null {
  const { mode, filter_tree, test_cases } = twin.eventFilter() ?? {};
  return mode === undefined ? null : { mode, filter_tree, test_cases };
}

/** All objects in PostHog, without ids and times. */
async function standing(at: Setting): Promise<object> {
  const { dashboards, insights, alerts } = at.twin.live();
  return {
    dashboards: dashboards.map(({ name, description, tags, filters, tiles }) => ({
      ...{ name, description, tags, filters },
      tiles: tiles
        .map(({ id: _, ...tile }) => ("insight" in tile ? { ...tile, insight: tile.insight.name } : tile))
        .map((tile) => JSON.stringify(tile))
        .sort(),
    })),
    insights: insights
      .map(({ name, description, query, tags, saved }) => JSON.stringify({ name, description, query, tags, saved }))
      .sort(),
    alerts: alerts
      .map(({ id: _, insight_id: __, threshold, created_at: ___, ...rest }) =>
        JSON.stringify({ ...rest, threshold: threshold.configuration }),
      )
      .sort(),
    deliveries: at.twin
      .hogFunctions()
      .map(({ name, enabled, filters, inputs, encrypted_inputs }) => {
        const targets = JSON.stringify(filters.properties).replaceAll(alerts[0]?.id ?? "no alert", "the alert");
        return `${name} ${enabled} ${targets} ${JSON.stringify({ inputs, encrypted_inputs })}`;
      })
      .sort(),
    events: (await liveDefinitions(at)).map(({ name, description, owner, tags, verified, hidden, enforcement_mode }) =>
      JSON.stringify({
        ...{ name, description, owner: owner?.email, tags: tags.toSorted(), verified, hidden },
        enforcement_mode,
      }),
    ),
    groups: (await liveGroups(at)).map(({ name, description, properties, events }) =>
      JSON.stringify({
        ...{ name, description, events: events.map((event) => event.name) },
        properties: properties.map((one) => [one.name, one.property_type, one.is_required, one.validation_rules]),
      }),
    ),
    flags: (await liveFlags(at)).map(({ key, name, active, tags, filters }) =>
      JSON.stringify({ key, name, active, tags: tags.toSorted(), filters }),
    ),
    subscriptions: (await liveSubscriptions(at)).map(({ dashboard_export_insights, ...subscription }) => {
      const sent = dashboard_export_insights.map((id) => insights.find((insight) => insight.id === id)?.name);
      const { title, target_type, target_value, frequency, byweekday, bysetpos, start_date } = subscription;
      return JSON.stringify({ title, target_type, target_value, frequency, byweekday, bysetpos, start_date, sent });
    }),
    settings: at.twin.settings(),
    filter: filterOf(at),
    marks: (await liveMarks(at)).map(({ content, scope }) => `${scope} ${content}`),
  };
}
