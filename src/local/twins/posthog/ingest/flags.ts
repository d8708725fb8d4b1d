import { createHash } from "node:crypto";
import { isObject } from "../queries/source.ts";
import type { FlagRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { personOf } from "./persons.ts";

/** A flag as /flags?v=2 answers it. */
export interface FlagAnswer {
  key: string;
  enabled: boolean;
  variant?: string;
  reason: { code: string; condition_index: number | null; description: string };
  metadata: { id: number; version: number; payload: string | null; description: string | null };
}

/** Evaluates the live flags for one person, with what is stored of them and what the request says. */
export function evaluateFlags(
  world: World,
  distinctId: string,
  said: JsonObject,
  only: readonly string[] | null,
): FlagAnswer[] {
  const stored = world.persons.get(personOf(world, distinctId))?.properties ?? {};
  const person = { ...stored, ...said };
  return world.flags
    .all()
    .filter((flag) => !flag.deleted && (only === null || only.includes(flag.key)))
    .map((flag) => answer(flag, distinctId, person));
}

function answer(flag: FlagRecord, distinctId: string, person: JsonObject): FlagAnswer {
  const groups = Array.isArray(flag.filters.groups) ? flag.filters.groups.filter(isObject) : [];
  const index = flag.active ? groups.findIndex((group) => matches(flag.key, group, distinctId, person)) : -1;
  const enabled = index >= 0;
  const variant = enabled ? (forced(groups[index]) ?? variantFor(flag, distinctId)) : null;
  return {
    key: flag.key,
    enabled,
    ...(variant === null ? {} : { variant }),
    reason: {
      code: enabled ? "condition_match" : flag.active ? "no_condition_match" : "disabled",
      condition_index: enabled ? index : null,
      description: enabled
        ? `Matched condition set ${index + 1}`
        : flag.active
          ? "No matching condition set"
          : "Flag is disabled",
    },
    metadata: {
      id: flag.id,
      version: flag.version,
      payload: payload(flag, variant ?? (enabled ? "true" : null)),
      description: null,
    },
  };
}

function matches(key: string, group: JsonObject, distinctId: string, person: JsonObject): boolean {
  const filters = Array.isArray(group.properties) ? group.properties.filter(isObject) : [];
  if (!filters.every((filter) => holds(filter, person))) return false;
  return typeof group.rollout_percentage !== "number" || share(key, distinctId, "") <= group.rollout_percentage / 100;
}

function holds({ key, value, operator = "exact" }: JsonObject, person: JsonObject): boolean {
  const known = typeof key === "string" && key in person;
  const actual = String(person[String(key)] ?? "").toLowerCase();
  const wanted = (Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());
  switch (operator) {
    case "exact":
      return known && wanted.includes(actual);
    case "is_not":
      return !known || !wanted.includes(actual);
    case "icontains":
      return known && wanted.some((part) => actual.includes(part));
    case "not_icontains":
      return !known || !wanted.some((part) => actual.includes(part));
    case "is_set":
      return known;
    case "is_not_set":
      return !known;
    default:
      return false;
  }
}

/** Where a person falls between 0 and 1, the same on every server. Source: rust/feature-flags, calculate_hash. */
function share(key: string, distinctId: string, salt: string): number {
  const digest = createHash("sha1").update(`${key}.${distinctId}${salt}`).digest("hex").slice(0, 15);
  return Number.parseInt(digest, 16) / 16 ** 15;
}

function variantFor(flag: FlagRecord, distinctId: string): string | null {
  const multivariate = isObject(flag.filters.multivariate) ? flag.filters.multivariate : {};
  const variants = Array.isArray(multivariate.variants) ? multivariate.variants.filter(isObject) : [];
  const at = share(flag.key, distinctId, "variant");
  let upTo = 0;
  for (const variant of variants) {
    upTo += Number(variant.rollout_percentage ?? 0) / 100;
    if (at < upTo) return String(variant.key);
  }
  return null;
}

const forced = (group: JsonObject | undefined) => (typeof group?.variant === "string" ? group.variant : null);

function payload(flag: FlagRecord, value: string | null): string | null {
  const payloads = isObject(flag.filters.payloads) ? flag.filters.payloads : {};
  const found = value === null ? undefined : payloads[value];
  return found === undefined ? null : typeof found === "string" ? found : JSON.stringify(found);
}
