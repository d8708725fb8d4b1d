import { createHash } from "node:crypto";
import { personOf } from "../ingest/persons.ts";
import { isObject } from "../queries/source.ts";
import type { FlagRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { becameAsWanted, propertyHolds } from "./operators.ts";

/** A flag as /flags?v=2 answers it. */
export interface FlagAnswer {
  key: string;
  enabled: boolean;
  variant?: string;
  reason: { code: Reason; condition_index: number | null; description: string };
  metadata: { id: number; version: number; payload: string | null; description: string | null };
}

type Reason = keyof typeof descriptions;

/** Source: rust/feature-flags/src/flags/flag_match_reason.rs. */
const descriptions = {
  condition_match: "Matched condition set",
  super_condition_value: "Super condition value",
  out_of_rollout_bound: "Out of rollout bound",
  no_condition_match: "No matching condition set",
  no_group_type: "No group type",
  flag_disabled: "Feature flag is disabled",
};

interface Asked {
  readonly world: World;
  readonly distinctId: string;
  readonly person: JsonObject;
  /** Results so far, by key; flags may depend on one another. */
  readonly known: Map<string, FlagAnswer>;
}

/** Evaluates the live flags for one person, with the stored properties and those of the request. */
export function evaluateFlags(
  world: World,
  distinctId: string,
  said: JsonObject,
  only: readonly string[] | null,
): FlagAnswer[] {
  const stored = world.persons.get(personOf(world, distinctId))?.properties ?? {};
  const asked: Asked = { world, distinctId, person: { ...stored, ...said }, known: new Map() };
  return world.flags
    .all()
    .filter((flag) => !flag.deleted && (only === null || only.includes(flag.key)))
    .map((flag) => answer(flag, asked));
}

function answer(flag: FlagRecord, asked: Asked): FlagAnswer {
  const known = asked.known.get(flag.key);
  if (known !== undefined) return known;
  // A flag that depends on itself, also through others, is off.
  asked.known.set(flag.key, described(flag, { reason: "no_condition_match", index: null, variant: null }));
  const found = described(flag, outcome(flag, asked));
  asked.known.set(flag.key, found);
  return found;
}

interface Outcome {
  readonly reason: Reason;
  readonly index: number | null;
  readonly variant: string | null;
}

function outcome(flag: FlagRecord, asked: Asked): Outcome {
  const off = (reason: Reason, index: number | null = null): Outcome => ({ reason, index, variant: null });
  if (!flag.active) return off("flag_disabled");
  const { filters } = flag;
  const enrollment = asked.person[`$feature_enrollment/${flag.key}`];
  if (filters.feature_enrollment === true && enrollment !== undefined) {
    return String(enrollment) === "true"
      ? { reason: "super_condition_value", index: 0, variant: variantFor(flag, asked.distinctId) }
      : off("no_condition_match");
  }
  let best = off(isOfGroups(filters) ? "no_group_type" : "no_condition_match");
  for (const [index, group] of objects(filters.groups).entries()) {
    // Nobody is in a group here: this project has no group types.
    if (isOfGroups(group.aggregation_group_type_index === undefined ? filters : group)) continue;
    if (!objects(group.properties).every((filter) => holds(filter, asked))) continue;
    if (isRolledOut(flag.key, group, asked.distinctId))
      return { reason: "condition_match", index, variant: forced(flag, group) ?? variantFor(flag, asked.distinctId) };
    best = off("out_of_rollout_bound", index);
    if (filters.early_exit === true) break;
  }
  return best;
}

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const isOfGroups = (filters: JsonObject): boolean => typeof filters.aggregation_group_type_index === "number";

function holds(filter: JsonObject, asked: Asked): boolean {
  const { world } = asked;
  const key = String(filter.key);
  if (filter.type === "flag") {
    const other = world.flags.all().find((flag) => !flag.deleted && (flag.key === key || String(flag.id) === key));
    if (other === undefined) return false;
    const { enabled, variant } = answer(other, asked);
    return becameAsWanted(filter.value, enabled && (variant ?? true));
  }
  if (filter.type !== "person") return false;
  const operator = typeof filter.operator === "string" ? filter.operator : null;
  const at = { now: world.now(), timezone: world.project.timezone };
  return propertyHolds({ key, operator, value: filter.value }, asked.person, at);
}

const isRolledOut = (key: string, group: JsonObject, distinctId: string): boolean =>
  typeof group.rollout_percentage !== "number" || share(key, distinctId, "") <= group.rollout_percentage / 100;

/** A person's position between 0 and 1, the same on every server. Source: rust/feature-flags, calculate_hash. */
function share(key: string, distinctId: string, salt: string): number {
  const digest = createHash("sha1").update(`${key}.${distinctId}${salt}`).digest("hex").slice(0, 15);
  return Number.parseInt(digest, 16) / (16 ** 15 - 1);
}

const variantsOf = ({ filters }: FlagRecord): JsonObject[] =>
  objects(isObject(filters.multivariate) ? filters.multivariate.variants : []);

function variantFor(flag: FlagRecord, distinctId: string): string | null {
  const at = share(flag.key, distinctId, "variant");
  let upTo = 0;
  for (const variant of variantsOf(flag)) {
    upTo += Number(variant.rollout_percentage ?? 0) / 100;
    if (at < upTo) return String(variant.key);
  }
  return null;
}

/** The variant that a condition sets for everybody, if the flag has it. */
const forced = (flag: FlagRecord, { variant }: JsonObject): string | null =>
  typeof variant === "string" && variantsOf(flag).some(({ key }) => key === variant) ? variant : null;

function described(flag: FlagRecord, { reason, index, variant }: Outcome): FlagAnswer {
  const enabled = reason === "condition_match" || reason === "super_condition_value";
  const words = descriptions[reason];
  return {
    key: flag.key,
    enabled,
    ...(variant === null ? {} : { variant }),
    reason: {
      code: reason,
      condition_index: index,
      description: reason === "condition_match" ? `${words} ${(index ?? 0) + 1}` : words,
    },
    metadata: {
      id: flag.id,
      version: flag.version,
      payload: payload(flag, variant ?? (enabled ? "true" : null)),
      description: null,
    },
  };
}

function payload(flag: FlagRecord, value: string | null): string | null {
  const payloads = isObject(flag.filters.payloads) ? flag.filters.payloads : {};
  const found = value === null ? undefined : payloads[value];
  return typeof found === "string" ? found : null;
}
