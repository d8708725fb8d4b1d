import type { Api } from "../http/api.ts";
import { invalid } from "../http/errors.ts";
import { isObject } from "../queries/source.ts";
import type { JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { propertyHolds } from "./operators.ts";

/**
 * How many persons fulfil a condition set: its rollout is not counted. Source:
 * products/feature_flags/backend/api/feature_flag.py, user_blast_radius, and posthog/models/feature_flag/user_blast_radius.py.
 */
export function blastRadiusRoutes(world: World, { inProject }: Api): void {
  inProject("POST", "/feature_flags/user_blast_radius", { scope: "feature_flag:read" }, ({ body }) => {
    if (!("condition" in body)) throw invalid("Missing condition for which to get blast radius", null);
    const condition = isObject(body.condition) ? body.condition : {};
    const properties = Array.isArray(condition.properties) ? condition.properties.filter(isObject) : [];
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
    // Without a condition PostHog counts nobody twice, and everybody.
    return Response.json({ users_affected: affected.length, total_users: persons.length });
  });
}
