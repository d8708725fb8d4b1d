import { stripped } from "../../../model/text.ts";
import { isObject, type Json, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import { type IsDefault, reflect } from "../../kernel/reflect.ts";
import type { LiveAction, LiveActionFilter, LiveCondition, LiveWorkflow } from "../answers.ts";
import { byId } from "../by-id.ts";
import { allActions, anyTrigger, emailKey } from "./body.ts";
import type { Action, AlertInputs, Condition, Numbers } from "./inputs.ts";

/**
 * The live alert in the definition's terms: equal to it when nothing was changed by hand. Conditions and actions come
 * in any order, with numbers, names and nulls that the server adds; an emptied alert lacks their keys.
 */
export function reflectAlert(defined: AlertInputs, numbers: Numbers, live: LiveWorkflow): AlertInputs {
  const filters = [...(live.actionFilters ?? [])].sort(byId);
  const actions = allActions(defined, numbers);
  const ours = ourFilter({ ...defined, actions }, filters);
  const { triggers, doubled } = reflectTriggers(defined.triggers, live.triggers?.conditions ?? []);
  return withoutUndefined({
    organization: defined.organization,
    name: stripped(live.name) === stripped(defined.name) ? defined.name : live.name,
    owner: defined.owner === undefined ? undefined : (live.owner ?? undefined),
    environment: live.environment || undefined,
    enabled: live.enabled ?? true,
    frequencyMinutes: (live.config?.frequency ?? 0) as AlertInputs["frequencyMinutes"],
    ...reflectMonitors(defined, numbers.projectMonitorIds, live.detectorIds ?? []),
    triggers,
    match: ours ? ours.logicType : defined.match,
    conditions: reflectConditions(defined.conditions, ours),
    ...splitEmails(defined, actions, reflectActions(actions, ours)),
    byHand: orUndefined({
      ...doubled,
      ...(live.triggers && live.triggers.logicType !== anyTrigger ? { triggerMatch: live.triggers.logicType } : {}),
      ...Object.fromEntries(filters.filter((filter) => filter !== ours).map(describeFilter)),
    }),
  }) as AlertInputs;
}

function reflectMonitors(
  defined: AlertInputs,
  projectMonitorIds: Record<string, string>,
  live: readonly string[],
): Pick<AlertInputs, "projectMonitors" | "monitorIds"> {
  const automatic = Object.entries(defined.projectMonitors).filter(([project]) =>
    live.includes(projectMonitorIds[project] ?? ""),
  );
  const others = live.filter((id) => !Object.values(projectMonitorIds).includes(id));
  return {
    projectMonitors: Object.fromEntries(automatic),
    monitorIds: [
      ...defined.monitorIds.filter((id) => others.includes(id)),
      ...others.filter((id) => !defined.monitorIds.includes(id)),
    ],
  };
}

function reflectTriggers(defined: Record<string, Json>, live: readonly LiveCondition[]) {
  const triggers: Record<string, Json> = {};
  const doubled: JsonObject = {};
  for (const { id, type, comparison } of [...live].sort(byId)) {
    if (type in triggers) doubled[`trigger ${type} (#${id})`] = comparison;
    else triggers[type] = reflect(defined[type], comparison, isServers) ?? comparison;
  }
  return { triggers, doubled };
}

const reflectConditions = (defined: Record<string, Condition>, filter: LiveActionFilter | undefined) =>
  reflectKeyed<LiveCondition, Condition>(defined, filter?.conditions ?? [], (part, item) =>
    seen(part, { type: item.type, comparison: item.comparison, conditionResult: item.conditionResult }),
  );

const reflectActions = (defined: Record<string, Action>, filter: LiveActionFilter | undefined) =>
  reflectKeyed<LiveAction, Action>(defined, filter?.actions ?? [], (part, item) =>
    seen(part, actionFields(part, item)),
  );

/** The recipients of unchanged e-mails, and all other actions; a changed e-mail is among the others. */
function splitEmails({ emails }: AlertInputs, actions: Record<string, Action>, live: Record<string, JsonObject>) {
  const recipients = emails.filter((email) => sameJson(live[emailKey(email)], actions[emailKey(email)]));
  const asDefined = new Set(recipients.map(emailKey));
  return {
    emails: recipients,
    actions: Object.fromEntries(Object.entries(live).filter(([key]) => !asDefined.has(key))),
  };
}

const seen = (part: Condition | Action | undefined, live: JsonObject): JsonObject => {
  const reflected = reflect(part as JsonObject | undefined, live, isServers);
  return isObject(reflected) ? reflected : {};
};

/** This resource's block of conditions and actions: the unchanged one, otherwise the oldest. */
function ourFilter(
  defined: Pick<AlertInputs, "match" | "conditions" | "actions">,
  filters: readonly LiveActionFilter[],
): LiveActionFilter | undefined {
  const asDefined = filters.find(
    (filter) =>
      filter.logicType === defined.match &&
      sameJson(reflectConditions(defined.conditions, filter), defined.conditions) &&
      sameJson(reflectActions(defined.actions, filter), defined.actions),
  );
  return asDefined ?? filters[0];
}

function actionFields(part: Action | undefined, { type, integrationId, data, config, status }: LiveAction): JsonObject {
  return {
    type,
    integrationId: integrationId ?? null,
    data: data ?? {},
    config: type === "slack" ? slackConfig(part?.config, config ?? {}) : (config ?? {}),
    status: status ?? null,
  };
}

/** Sentry looks up the channel's id by its name, and may return the name with "#". */
function slackConfig(defined: JsonObject | undefined, live: JsonObject): JsonObject {
  const { targetDisplay } = live;
  const channel = typeof targetDisplay === "string" ? targetDisplay.replace(/^#/, "") : null;
  const isLookedUp = defined?.targetIdentifier === "";
  return { ...live, targetDisplay: channel, ...(isLookedUp ? { targetIdentifier: "" } : {}) };
}

/** Fields that every live part has by default. */
const isServers: IsDefault = (key, value) =>
  (key === "conditionResult" && value === true) ||
  (key === "status" && value === "active") ||
  ((key === "targetIdentifier" || key === "targetDisplay") && value === "");

const describeFilter = ({ id, logicType, conditions, actions }: LiveActionFilter): [string, JsonObject] => [
  `filter (#${id})`,
  {
    match: logicType,
    conditions: (conditions ?? []).map(({ type, comparison }) => ({ type, comparison })),
    actions: (actions ?? []).map(({ type, config }) => ({ type, config: config ?? {} })),
  },
];

const orUndefined = (value: JsonObject): JsonObject | undefined => (Object.keys(value).length > 0 ? value : undefined);

interface Live {
  id: string;
  type: string;
}

/**
 * Live parts under the keys of the definition, in any order: first the unchanged ones, then changed ones of the same
 * type. Remaining parts were added by hand and are shown under their ids; a key without a live part was removed by hand
 * and is left out.
 */
function reflectKeyed<Item extends Live, Defined extends { type: string }>(
  defined: Record<string, Defined>,
  live: readonly Item[],
  see: (defined: Defined | undefined, item: Item) => JsonObject,
): Record<string, JsonObject> {
  const free = new Set([...live].sort(byId));
  const result: Record<string, JsonObject> = {};
  const match = (isIt: (part: Defined, item: Item) => boolean): void => {
    for (const [key, part] of Object.entries(defined)) {
      const item = key in result ? undefined : [...free].find((candidate) => isIt(part, candidate));
      if (!item) continue;
      free.delete(item);
      result[key] = see(part, item);
    }
  };
  match((part, item) => sameJson(see(part, item), part));
  match((part, item) => part.type === item.type);
  for (const item of free) result[`added by hand: ${item.type} (#${item.id})`] = see(undefined, item);
  return result;
}
