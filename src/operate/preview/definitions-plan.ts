import { alertAddress } from "../../alerts/posthog/index.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { flagArguments } from "../../platform/flag-arguments.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Definitions } from "../catalog/definitions.ts";
import { insightAlertType } from "../changes/alerts.ts";
import { dashboardType } from "../changes/dashboards.ts";
import { featureFlagType } from "../changes/flags/view.ts";
import { leaves } from "../changes/query/query.ts";
import { type Change, emptyPlan, type Plan, type Resource } from "../plan/plan.ts";

/** Everything that a stack makes of the definitions at PostHog. */
export interface AllDefinitions extends Definitions {
  readonly flags: FlagCatalog;
}

/** Differences between two versions of the definitions as a plan, as if each were deployed as a stack. */
export function planBetween(before: AllDefinitions, after: AllDefinitions): Plan {
  const olds = new Map(resourcesOf(before).map((resource) => [resource.urn, resource]));
  const news = new Map(resourcesOf(after).map((resource) => [resource.urn, resource]));
  const changes = [...new Set([...news.keys(), ...olds.keys()])].flatMap((urn): Change[] => {
    const [old, now] = [olds.get(urn), news.get(urn)];
    if (!now) return old ? [{ ...what(old), kind: "deleted", before: old }] : [];
    if (!old) return [{ ...what(now), kind: "created", after: now }];
    if (sameJson(old.inputs, now.inputs)) return [];
    const paths = leaves(old.inputs, now.inputs).map(({ path }) => path);
    return [{ ...what(now), kind: "changed", before: old, after: now, paths }];
  });
  return { ...emptyPlan, changes, resources: [...news.values()] };
}

const what = ({ urn, name, type }: Resource) => ({ urn, name, type });

/** The definitions as resource inputs. Team members are a stack's setting, so team names stand in for people. */
function resourcesOf({ dashboards, insightAlerts, flags }: AllDefinitions): Resource[] {
  return [
    ...dashboards.map(({ accepted: _, ...definition }) => resource(dashboardType, definition.key, definition)),
    ...insightAlerts.map(({ dashboardKey, notify, ...alert }) =>
      resource(insightAlertType, alertAddress({ dashboardKey, notify, ...alert }), {
        ...alert,
        owner: notify[0],
        subscribers: notify.map((team) => `team ${team}`),
        enabled: true,
      }),
    ),
    ...Object.entries(flags).map(([key, flag]) => resource(featureFlagType, key, flagArguments(key, flag))),
  ];
}

/** Inputs are JSON, so undefined fields are dropped. */
const resource = (type: string, name: string, inputs: object): Resource => ({
  urn: `urn:pulumi:definitions::brandvx-observability::${type}::${name}`,
  ...{ name, type, id: undefined, protect: false, retainOnDelete: false, outputs: {} },
  inputs: JSON.parse(JSON.stringify(inputs)) as Resource["inputs"],
});
