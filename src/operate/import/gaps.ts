import type { Catalog } from "../../catalog/event.ts";
import type { Owner } from "../../catalog/owners.ts";
import { comparablePropertyName, forbiddenPropertyNames } from "../../catalog/privacy.ts";
import { type JsonObject, list, nodesOf, object } from "../../insights/define/check/json.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";
import { own } from "../../model/json.ts";
import { comparesNumbers } from "../../model/posthog/filter-rules.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import type { LivePropertyDefinition } from "../../resources/posthog/answers.ts";
import type { PostHogApi } from "../../resources/posthog/api.ts";
import { eventsIn } from "../catalog/usage.ts";
import { sourceText } from "../text/escape.ts";
import { printKey } from "./source/code.ts";

/** An event or property that a dashboard uses and the catalog lacks. */
export interface Gap {
  readonly event: string;
  /** Undefined: the event itself is missing. */
  readonly property?: string;
  /** Entry to paste into src/catalog/events.ts; undefined when it must not be in the catalog. */
  readonly entry?: string;
  /** Other steps that are needed. */
  readonly note?: string;
}

/** What a property's use in queries shows about it. */
type Asked = "number" | "boolean" | "text";

/** Events that the queries use, with the event properties that they use. */
export function askedFor(tiles: DashboardDefinition["tiles"], catalog: Catalog): Map<string, Map<string, Asked>> {
  const found = new Map<string, Map<string, Asked>>();
  const of = (event: string): Map<string, Asked> => {
    const properties = found.get(event) ?? new Map<string, Asked>();
    found.set(event, properties);
    return properties;
  };
  for (const tile of Object.values(tiles)) {
    if (tile.kind !== "insight") continue;
    for (const event of eventsIn(tile.query)) of(event);
    for (const node of nodesOf(tile.query)) {
      const series = list(node.series).map(object);
      // A property used for all series may exist on only one of their events.
      const isKnown = (name: string) => series.some(({ event }) => own(own(catalog, String(event))?.properties, name));
      const shared = [...filtersOf(node.properties), ...breakdownsOf(object(node.breakdownFilter))].filter(
        ([name]) => !isKnown(name),
      );
      for (const { event, math_property, properties } of series) {
        if (typeof event !== "string") continue;
        const own = typeof math_property === "string" ? ([[math_property, "number"]] as const) : [];
        for (const [name, asked] of [...own, ...filtersOf(properties), ...shared]) {
          if (of(event).get(name) !== "number") of(event).set(name, asked);
        }
      }
    }
  }
  return found;
}

function filtersOf(filters: unknown): [string, Asked][] {
  return [...list(filters), ...list(object(filters).values)].flatMap((filter): [string, Asked][] => {
    const { type = "event", key, operator, value, values } = object(filter);
    if (values !== undefined) return filtersOf(filter);
    if (type !== "event" || typeof key !== "string") return [];
    const all = list(Array.isArray(value) ? value : [value]);
    if (comparesNumbers(operator) || all.every((one) => typeof one === "number")) return [[key, "number"]];
    return [
      [key, all.every((one) => ["true", "false", true, false].some((bool) => bool === one)) ? "boolean" : "text"],
    ];
  });
}

function breakdownsOf({ breakdown, breakdown_type: type = "event", breakdowns }: JsonObject): [string, Asked][] {
  const all = [{ property: breakdown, type }, ...list(breakdowns).map(object)];
  return all.flatMap(({ property, type: kind = "event" }): [string, Asked][] =>
    kind === "event" && typeof property === "string" ? [[property, "text"]] : [],
  );
}

/** PostHog's descriptions of events and properties. */
export interface PosthogDescriptions {
  readonly events: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, Pick<LivePropertyDefinition, "property_type" | "description">>;
}

/** Reads PostHog's descriptions. Continues without them if the key may not read them. */
export async function posthogDescriptions(
  api: PostHogApi,
  asked: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  catalog: Catalog,
): Promise<PosthogDescriptions> {
  const events = new Map<string, string>();
  const names = new Set<string>();
  for (const [event, properties] of asked) {
    const isMissing = !Object.hasOwn(catalog, event);
    const description = isMissing ? (await orNothing(api.eventDefinitionNamed(event)))?.description?.trim() : undefined;
    if (description) events.set(event, description);
    for (const name of properties.keys()) {
      if (!name.includes(",") && (isMissing || !own(own(catalog, event)?.properties, name))) names.add(name);
    }
  }
  const properties = names.size === 0 ? [] : ((await orNothing(api.propertyDefinitions([...names]))) ?? []);
  return {
    events,
    properties: new Map(properties.map((property) => [property.name, property])),
  };
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}

/** Everything that the catalog lacks, each with an entry to paste. */
export function gapsIn(
  asked: ReadonlyMap<string, ReadonlyMap<string, Asked>>,
  catalog: Catalog,
  owner: Owner,
  known: PosthogDescriptions,
): Gap[] {
  return [...asked].flatMap(([event, properties]): Gap[] => {
    const entries = [...properties].map(([name, kind]) => ({ name, ...propertyEntry(name, kind, known) }));
    const missing = entries.filter(({ name }) => !own(own(catalog, event)?.properties, name));
    if (!Object.hasOwn(catalog, event)) {
      const own = missing.flatMap(({ entry }) => entry ?? []);
      return [
        { event, ...eventEntry(event, own, owner, known) },
        ...missing.flatMap(({ name, entry, note }) => (entry || !note ? [] : [{ event, property: name, note }])),
      ];
    }
    return missing.map(({ name, entry, note }) => ({
      event,
      property: name,
      ...(entry && { entry }),
      ...(note && { note }),
    }));
  });
}

const dotCase = /^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+$/;

function eventEntry(
  event: string,
  properties: readonly string[],
  owner: Owner,
  known: PosthogDescriptions,
): Pick<Gap, "entry" | "note"> {
  const exception = dotCase.test(event)
    ? undefined
    : event.startsWith("$")
      ? "PostHog's own name"
      : "older than the dot.case rule";
  const lines = [
    `${keyText(event)}: event({`,
    ...(exception ? [`  namingException: ${sourceText(exception)},`] : []),
    `  source: "browser", // or "server": the app that sends it`,
    `  purpose: ${sourceText(known.events.get(event) ?? "(when it is sent, and what it is for)")},`,
    `  owner: ${sourceText(owner)},`,
    ...(properties.length === 0
      ? ["  properties: {},"]
      : ["  properties: {", ...properties.map((one) => `    ${one.replaceAll("\n", "\n    ")}`), "  },"]),
    "}),",
  ];
  return {
    entry: lines.join("\n"),
    ...(exception && {
      note: "its name is not area.what_happened: add it to `namingExceptions` in `src/catalog/check.ts`, too",
    }),
  };
}

const forbidden = new Set(forbiddenPropertyNames.map(comparablePropertyName));

function propertyEntry(name: string, asked: Asked, { properties }: PosthogDescriptions): Pick<Gap, "entry" | "note"> {
  if (forbidden.has(comparablePropertyName(name))) {
    return { note: `${name} must never leave BrandVX: remove it from the dashboard, and stop sending it` };
  }
  const { property_type: type, description } = properties.get(name) ?? {};
  const meaning = sourceText(description?.trim() || "(what its value says)");
  const start = `${keyText(name)}: {`;
  if (type === "Numeric" || type === "Duration" || (!type && asked === "number")) {
    const unit = /_ms$|milliseconds/i.test(name)
      ? ['  unit: "milliseconds",']
      : ["  // unit: what it counts, one of `Unit` in src/catalog/event.ts"];
    return {
      entry: [start, "  type: z.number(),", ...unit, `  meaning: ${meaning},`, '  privacy: "plain",', "},"].join("\n"),
    };
  }
  if (type === "Boolean" || (!type && asked === "boolean")) {
    return { entry: `${start} type: z.boolean(), meaning: ${meaning}, privacy: "plain" },` };
  }
  // Text that nobody has declared harmless is truncated and redacted before it is sent.
  return { entry: `${start} type: z.string().max(120), meaning: ${meaning}, privacy: "truncated-120" },` };
}

const keyText = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : printKey(name);
