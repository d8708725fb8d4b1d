import { isObject, list, object } from "../../../../insights/define/check/json.ts";
import type { VendorObject } from "../objects.ts";
import type { VendorApi } from "../vendor-api.ts";
import { byHand, type HandChange, removes, shownBy } from "./change.ts";

/** Appends "(changed by hand)" to a text, once. */
const marked = (text: unknown): string => `${String(text).replace(` ${byHand}`, "")} ${byHand}`;

export const dashboardChanges: readonly HandChange[] = [
  {
    key: "window",
    label: "Change what a tile asks",
    async make({ name, outputs }, api) {
      const [insight] = await insightsOf(outputs, api);
      const { id, name: title, query } = insight ?? {};
      await api("PATCH", `/insights/${String(id)}/`, { query: narrowed(query) });
      return `“${String(title)}” on ${name} now looks at less time`;
    },
  },
  {
    key: "rename",
    label: "Rename it",
    async make({ name, path = "" }, api) {
      const { name: title } = await shownBy(api, path);
      await api("PATCH", path, { name: marked(title) });
      return `${name} was renamed`;
    },
  },
  {
    key: "remove-tile",
    label: "Delete a tile",
    async make({ name, outputs }, api) {
      const insight = (await insightsOf(outputs, api)).at(-1);
      await api("PATCH", `/insights/${String(insight?.id)}/`, { deleted: true });
      return `“${String(insight?.name)}” was deleted from ${name}`;
    },
  },
  {
    key: "delete",
    label: "Delete the dashboard",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { deleted: true });
      return `the dashboard ${name} was deleted`;
    },
  },
];

/** Insights of a dashboard that still exist, in the order of its tiles. */
async function insightsOf({ insightIds }: VendorObject["outputs"], api: VendorApi) {
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const id of Object.values(object(insightIds))) {
    // A deleted insight answers 404.
    const insight = await api("GET", `/insights/${String(id)}/`).catch(() => null);
    if (isObject(insight)) found.push(insight);
  }
  return found;
}

/** The same query with a shorter period: a funnel's window, or a trend's range. */
function narrowed(query: unknown): unknown {
  const node = object(query);
  const source = object(node.source);
  if (isObject(source.funnelsFilter)) {
    const changed = { ...source.funnelsFilter, funnelWindowInterval: 3, funnelWindowIntervalUnit: "day" };
    return { ...node, source: { ...source, funnelsFilter: changed } };
  }
  return { ...node, source: { ...source, dateRange: { ...object(source.dateRange), date_from: "-2d" } } };
}

export const alertChanges: readonly HandChange[] = [
  {
    key: "threshold",
    label: "Double its threshold",
    async make({ name, path = "" }, api) {
      const { threshold } = await shownBy(api, path);
      const { configuration } = object(threshold);
      const bounds = Object.entries(object(object(configuration).bounds)).map(([side, bound]) => [
        side,
        typeof bound === "number" ? bound * 2 : bound,
      ]);
      const doubled = { ...object(configuration), bounds: Object.fromEntries(bounds) };
      await api("PATCH", path, { threshold: { configuration: doubled } });
      return `the threshold of the alert on ${name} was doubled`;
    },
  },
  {
    key: "off",
    label: "Switch it off",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { enabled: false });
      return `the alert on ${name} was switched off`;
    },
  },
  removes(),
];

/** Changes the definition of the first event that the program describes. */
const changesAnEvent = (
  key: string,
  label: string,
  done: (name: string) => string,
  change: (live: Readonly<Record<string, unknown>>) => object,
): HandChange => ({
  key,
  label,
  async make({ outputs }, api) {
    const [name = ""] = Object.keys(object(outputs.events));
    const live = object(await api("GET", `/event_definitions/by_name?name=${encodeURIComponent(name)}`));
    await api("PATCH", `/event_definitions/${String(live.id)}/`, change(live));
    return done(name);
  },
});

export const eventChanges: readonly HandChange[] = [
  changesAnEvent(
    "description",
    "Change what an event means",
    (name) => `what ${name} means was changed in PostHog`,
    ({ description }) => ({ description: marked(description) }),
  ),
  changesAnEvent(
    "hide",
    "Hide an event",
    (name) => `${name} was hidden in PostHog`,
    // PostHog lets an event be verified or hidden, and its page switches the one off with the other.
    () => ({ hidden: true, verified: false }),
  ),
];

/** The schema of the first event that the program describes. */
const firstSchema = ({ outputs }: VendorObject): [event: string, id: string] => {
  const [event = "", id] = Object.entries(object(outputs.groups))[0] ?? [];
  return [event, String(id)];
};

export const schemaChanges: readonly HandChange[] = [
  {
    key: "properties",
    label: "Take all properties out of a schema",
    async make(schemas, api) {
      const [event, id] = firstSchema(schemas);
      await api("PATCH", `/schema_property_groups/${id}/`, { properties: [] });
      return `the schema of ${event} now has no properties`;
    },
  },
  changesAnEvent(
    "reject",
    "Refuse an event that is not as its schema says",
    (name) => `${name} is now refused when it is not as its schema says`,
    () => ({ enforcement_mode: "reject" }),
  ),
  {
    key: "delete",
    label: "Delete a schema",
    async make(schemas, api) {
      const [event, id] = firstSchema(schemas);
      await api("DELETE", `/schema_property_groups/${id}/`);
      return `the schema of ${event} was deleted`;
    },
  },
];

export const annotationChanges: readonly HandChange[] = [
  {
    key: "rewrite",
    label: "Write over it",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { content: `Something else ${byHand}` });
      return `the annotation ${name} was written over`;
    },
  },
  {
    key: "delete",
    label: "Delete it",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { deleted: true });
      return `the annotation ${name} was deleted`;
    },
  },
];

export const flagChanges: readonly HandChange[] = [
  {
    key: "rollout",
    label: "Open it for everybody",
    async make({ name, path = "" }, api) {
      const { filters } = await shownBy(api, path);
      const groups = list(object(filters).groups).map((group) => ({ ...object(group), rollout_percentage: 100 }));
      await api("PATCH", path, { filters: { ...object(filters), groups: [...groups, { rollout_percentage: 100 }] } });
      return `the flag ${name} is now on for everybody`;
    },
  },
  {
    key: "meaning",
    label: "Change what it means",
    async make({ name, path = "" }, api) {
      const live = await shownBy(api, path);
      await api("PATCH", path, { name: marked(live.name) });
      return `what the flag ${name} means was changed in PostHog`;
    },
  },
  {
    key: "delete",
    label: "Delete it",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { deleted: true });
      return `the flag ${name} was deleted`;
    },
  },
];

export const subscriptionChanges: readonly HandChange[] = [
  {
    key: "readers",
    label: "Send it to somebody else",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, {
        target_type: "email",
        target_value: "somebody@elsewhere.example",
        integration_id: null,
      });
      return `the subscription ${name} now goes to somebody else`;
    },
  },
  {
    key: "pause",
    label: "Pause it",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { enabled: false });
      return `the subscription ${name} was paused`;
    },
  },
  {
    key: "delete",
    label: "Delete it",
    async make({ name, path = "" }, api) {
      await api("PATCH", path, { deleted: true });
      return `the subscription ${name} was deleted`;
    },
  },
];

export const filterChanges: readonly HandChange[] = [
  {
    key: "live",
    label: "Let it drop events",
    async make({ path = "" }, api) {
      await api("POST", path, { mode: "live" });
      return "PostHog's event filter drops events now";
    },
  },
  {
    key: "off",
    label: "Switch it off",
    async make({ path = "" }, api) {
      await api("POST", path, { mode: "disabled" });
      return "PostHog's event filter was switched off";
    },
  },
];

const sets = (key: string, label: string, done: string, change: object): HandChange => ({
  key,
  label,
  async make({ path = "" }, api) {
    await api("PATCH", path, change);
    return done;
  },
});

export const projectChanges: readonly HandChange[] = [
  sets("ips", "Keep IP addresses", "IP addresses of people are kept in PostHog now", { anonymize_ips: false }),
  sets("record", "Record sessions", "sessions are recorded by PostHog now", { session_recording_opt_in: true }),
];
