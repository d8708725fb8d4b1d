import { own } from "../../../model/json.ts";
import { type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LivePropertyGroup } from "../answers.ts";
import { isSameText } from "../texts.ts";
import {
  type Aspect,
  type EventSchemaInputs,
  type EventSchemasState,
  groupNameOf,
  type PropertyInputs,
} from "./inputs.ts";
import { groupOf, joinOf, type LiveSchemas } from "./live.ts";

/** Says of whom a group is: a group with it was made for this stack, also where its state was lost. */
const mark = (managedBy: string): string => `Managed by code (${managedBy})`;

export const descriptionOf = (event: string, managedBy: string): string =>
  `What ${event} is sent with. ${mark(managedBy)}: what is changed here by hand is undone.`;

export const isMarked = ({ description }: LivePropertyGroup, managedBy: string): boolean =>
  (description ?? "").includes(mark(managedBy));

/** The body that makes an event's group. */
export const groupFields = (event: string, { properties }: EventSchemaInputs, managedBy: string): JsonObject => ({
  name: groupNameOf(event, managedBy),
  description: descriptionOf(event, managedBy),
  properties: propertyFields(properties),
});

/** The fields of a group that differ, as the body of a PATCH. Empty without any. */
export function groupChanges(
  event: string,
  { properties }: EventSchemaInputs,
  managedBy: string,
  live: LivePropertyGroup,
  unsupported: readonly Aspect[],
): JsonObject {
  const { name, description } = groupFields(event, { properties, enforcement: "allow" }, managedBy);
  return {
    ...(name !== live.name && { name }),
    ...(!isSameText(String(description), live.description) && { description }),
    // PostHog replaces all properties at each change of one.
    ...(!sameJson(reflectProperties(properties, live, unsupported), withoutUndefined(properties)) && {
      properties: propertyFields(properties, live),
    }),
  } as JsonObject;
}

/** Whether a property is optional in generated types is nobody's here: a live one stays as it is. */
const propertyFields = (properties: EventSchemaInputs["properties"], live?: LivePropertyGroup): JsonObject[] =>
  Object.entries(properties).map(([name, { type, required, meaning, rules }]) => ({
    ...{ name, property_type: type, is_required: required, description: meaning },
    ...(live?.properties?.some((one) => one.name === name && one.is_optional_in_types) && {
      is_optional_in_types: true,
    }),
    ...(rules && { validation_rules: withoutUndefined(rules) as JsonObject }),
  }));

function reflectProperties(
  defined: EventSchemaInputs["properties"],
  { properties }: LivePropertyGroup,
  unsupported: readonly Aspect[],
): EventSchemaInputs["properties"] {
  return Object.fromEntries(
    (properties ?? []).map(({ name, property_type, is_required, description, validation_rules }) => {
      const said = own(defined, name);
      const rules = unsupported.includes("rules") ? said?.rules : (validation_rules ?? undefined);
      const property = {
        type: property_type as PropertyInputs["type"],
        required: is_required,
        meaning: said && isSameText(said.meaning, description) ? said.meaning : (description ?? ""),
        rules: rules && Object.keys(rules).length > 0 ? (rules as PropertyInputs["rules"]) : undefined,
      };
      return [name, withoutUndefined(property)];
    }),
  );
}

/** What this PostHog does not keep, as the groups and definitions of these events show; otherwise what is known. */
export function unsupportedBy(
  groups: readonly LivePropertyGroup[],
  definitions: LiveSchemas["definitions"],
  known: readonly Aspect[] = [],
): Aspect[] {
  const properties = groups.flatMap((group) => group.properties ?? []);
  const lacksRules =
    properties.length === 0 ? known.includes("rules") : properties.every((one) => one.validation_rules === undefined);
  const all = [...definitions.values()];
  const lacksEnforcement =
    all.length === 0 ? known.includes("enforcement") : all.every(({ enforcement_mode: mode }) => mode === undefined);
  return [...(lacksEnforcement ? (["enforcement"] as const) : []), ...(lacksRules ? (["rules"] as const) : [])];
}

/** The live state in the catalog's terms. Events whose group is gone are left out. */
export function reflectSchemas(
  state: EventSchemasState,
  live: LiveSchemas,
  unsupported: readonly Aspect[],
): Record<string, EventSchemaInputs> {
  return Object.fromEntries(
    Object.entries(state.events).flatMap(([event, defined]) => {
      const group = groupOf(event, live, state);
      if (!group) return [];
      const definition = live.definitions.get(event);
      const description = descriptionOf(event, state.managedBy);
      const schema = {
        properties: reflectProperties(defined.properties, group, unsupported),
        enforcement: (definition?.enforcement_mode ?? defined.enforcement) as EventSchemaInputs["enforcement"],
        notJoined: joinOf(group, definition, live) ? undefined : (true as const),
        groupName: group.name === groupNameOf(event, state.managedBy) ? undefined : group.name,
        groupDescription: isSameText(description, group.description) ? undefined : (group.description ?? ""),
      };
      return [[event, withoutUndefined(schema)]];
    }),
  );
}
