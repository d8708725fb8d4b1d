import type { Api } from "../http/api.ts";
import { invalid } from "../http/errors.ts";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { propertyHolds } from "./operators.ts";

/**
 * How many persons fulfil a condition set: its rollout is not counted. Source:
 * products/feature_flags/backend/api/feature_flag.py, user_blast_radius, and products/feature_flags/backend/user_blast_radius.py.
 * Releases before 2026 called the numbers `users_affected` and `total_users`.
 */
export function blastRadiusRoutes(world: World, { inProject }: Api): void {
  inProject("POST", "/feature_flags/user_blast_radius", { scope: "feature_flag:read" }, ({ body }) => {
    if (!("condition" in body)) throw invalid("Missing condition for which to get blast radius", null);
    const condition = isObject(body.condition) ? body.condition : {};
    const given = Array.isArray(condition.properties) ? condition.properties.filter(isObject) : [];
    // Whether another flag is on is known only when a flag is evaluated: such a condition excludes nobody here.
    const properties = given.filter(({ type }) => type !== "flag");
    const group = body.group_type_index ?? null;
    if (group !== null) {
      if (properties.some(({ key, group_type_index }) => key !== "$group_key" && group_type_index !== group))
        throw invalid("Invalid group type index for feature flag condition.", null);
      // This PostHog has no groups.
      return Response.json({ affected: 0, total: 0 });
    }
    const at = { now: world.now(), timezone: world.project.timezone };
    const holds = (person: JsonObject) =>
      properties.every(({ key, operator, value }) =>
        propertyHolds(
          { key: String(key), operator: typeof operator === "string" ? operator : null, value },
          person,
          at,
        ),
      );
    const persons = world.persons.all();
    const affected = persons.filter((person) => holds(person.properties));
    return Response.json({ affected: affected.length, total: persons.length });
  });
}
