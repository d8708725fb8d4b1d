import { own } from "../../../model/json.ts";
import type { LiveEventDefinition, LiveEventSchema, LivePropertyGroup } from "../answers.ts";
import { findDefinitions } from "../event-definitions/find.ts";
import type { Connection } from "../settings.ts";
import { groupNameOf } from "./inputs.ts";

/** All groups and joins of a project, and the definitions of some events. */
export interface LiveSchemas {
  groups: readonly LivePropertyGroup[];
  joins: readonly LiveEventSchema[];
  definitions: ReadonlyMap<string, LiveEventDefinition>;
}

/** Undefined where this PostHog has no schemas of events. */
export async function findSchemas(connection: Connection, names: readonly string[]): Promise<LiveSchemas | undefined> {
  const groups = await connection.api.propertyGroups();
  if (groups === undefined) return undefined;
  const [joins, definitions] = await Promise.all([
    connection.api.eventSchemas(),
    findDefinitions(connection, [...names]),
  ]);
  return joins && { groups, joins, definitions };
}

/** An event's group: by its id, which stays when somebody renames it, else by its name. */
export function groupOf(
  event: string,
  { groups }: Pick<LiveSchemas, "groups">,
  { managedBy, groups: ids }: { managedBy: string; groups?: Record<string, string> | undefined },
): LivePropertyGroup | undefined {
  const id = own(ids, event);
  return groups.find((group) => group.id === id) ?? groups.find(({ name }) => name === groupNameOf(event, managedBy));
}

export const joinOf = (
  group: LivePropertyGroup,
  definition: LiveEventDefinition | undefined,
  { joins }: Pick<LiveSchemas, "joins">,
): LiveEventSchema | undefined =>
  joins.find((one) => one.property_group.id === group.id && one.event_definition === definition?.id);
