import { isObject, object } from "../../../insights/define/check/json.ts";
import type { VendorObject } from "./objects.ts";
import type { VendorApi } from "./vendor-api.ts";

/** Something that a person might do to an object at the vendor, past the code. */
export interface HandChange {
  readonly key: string;
  /** What it does, as on a button. */
  readonly label: string;
  /** Says what was done. @throws VendorRefused */
  readonly make: (object: VendorObject, api: VendorApi) => Promise<string>;
}

/** A vendor's object as its API shows it, for a change that sends it back whole. */
async function shownBy(api: VendorApi, path: string): Promise<Record<string, unknown>> {
  return { ...object(await api("GET", path)) };
}

const byHand = "(changed by hand)";

const removes = (label = "Delete it"): HandChange => ({
  key: "delete",
  label,
  async make({ kind, name, path = "" }, api) {
    await api("DELETE", path);
    return `${kind} ${name} was deleted`;
  },
});

/** Sentry changes an object by getting it back whole. */
const changesWhole = (
  key: string,
  label: string,
  done: string,
  change: (body: Record<string, unknown>) => object,
): HandChange => ({
  key,
  label,
  async make({ kind, name, path = "" }, api) {
    const body = await shownBy(api, path);
    await api("PUT", path, { ...body, ...change(body) });
    return `${kind} ${name} ${done}`;
  },
});

const dashboardChanges: readonly HandChange[] = [
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
      await api("PATCH", path, { name: `${String(title).replace(` ${byHand}`, "")} ${byHand}` });
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

/** Insights of a dashboard that are still there, in the order of its tiles. */
async function insightsOf({ insightIds }: VendorObject["outputs"], api: VendorApi) {
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const id of Object.values(object(insightIds))) {
    // One that somebody deleted already is a 404.
    const insight = await api("GET", `/insights/${String(id)}/`).catch(() => null);
    if (isObject(insight)) found.push(insight);
  }
  return found;
}

/** The same question over less time: a funnel with a shorter window, a trend that looks back less. */
function narrowed(query: unknown): unknown {
  const node = object(query);
  const source = object(node.source);
  if (isObject(source.funnelsFilter)) {
    const changed = { ...source.funnelsFilter, funnelWindowInterval: 3, funnelWindowIntervalUnit: "day" };
    return { ...node, source: { ...source, funnelsFilter: changed } };
  }
  return { ...node, source: { ...source, dateRange: { ...object(source.dateRange), date_from: "-2d" } } };
}

const alertChanges: readonly HandChange[] = [
  {
    key: "threshold",
    label: "Raise its threshold",
    async make({ name, path = "" }, api) {
      const { threshold } = await shownBy(api, path);
      const { configuration } = object(threshold);
      const bounds = { ...object(object(configuration).bounds), upper: 0.9 };
      await api("PATCH", path, { threshold: { configuration: { ...object(configuration), bounds } } });
      return `the alert on ${name} now waits for 90 %`;
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

const redisChanges: readonly HandChange[] = [
  {
    key: "budget",
    label: "Raise its budget",
    async make({ name, outputs }, api) {
      await api("PATCH", `/update-budget/${String(outputs.databaseId)}`, { budget: 360 });
      return `the budget of ${name} is 360 $ now`;
    },
  },
];

const pagesVariables = (env_vars: object) => ({ deployment_configs: { production: { env_vars } } });

const pagesChanges: readonly HandChange[] = [
  {
    key: "variable",
    label: "Change VITE_POSTHOG_KEY",
    async make({ path = "" }, api) {
      await api("PATCH", path, pagesVariables({ VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_by_hand" } }));
      return "VITE_POSTHOG_KEY of the operator UI was changed";
    },
  },
  {
    key: "foreign",
    label: "Add a variable of somebody else",
    async make({ path = "" }, api) {
      await api("PATCH", path, pagesVariables({ SOMEBODY_ELSES: { type: "plain_text", value: "stays" } }));
      return "SOMEBODY_ELSES was added to the operator UI";
    },
  },
];

const renderChanges: readonly HandChange[] = [
  {
    key: "variable",
    label: "Change SENTRY_ENVIRONMENT",
    async make({ id }, api) {
      await api("PUT", `/${id}/env-vars/SENTRY_ENVIRONMENT`, { value: "by-hand" });
      return "SENTRY_ENVIRONMENT of the backend was changed";
    },
  },
  {
    key: "remove",
    label: "Delete POSTHOG_API_KEY",
    async make({ id }, api) {
      await api("DELETE", `/${id}/env-vars/POSTHOG_API_KEY`);
      return "POSTHOG_API_KEY of the backend was deleted";
    },
  },
];

/** What can be done to objects, by their kind in the program. */
const changesByKind: Readonly<Record<string, readonly HandChange[]>> = {
  Dashboard: dashboardChanges,
  InsightAlert: alertChanges,
  SentryProject: [
    changesWhole("rename", "Rename it", "was renamed", ({ name }) => ({ name: `${String(name)} by hand` })),
  ],
  SentryKey: [changesWhole("off", "Switch it off", "was switched off", () => ({ isActive: false }))],
  ProjectSettings: [
    {
      key: "filter",
      label: "Switch a filter off",
      async make({ name, path = "" }, api) {
        await api("PUT", `${path}filters/web-crawlers/`, { active: false });
        return `errors of web crawlers now count in ${name}`;
      },
    },
  ],
  Monitor: [
    changesWhole("rename", "Rename it", "was renamed", ({ name }) => ({ name: `${String(name)} ${byHand}` })),
    changesWhole("off", "Switch it off", "was switched off", () => ({ enabled: false })),
    removes(),
  ],
  Alert: [
    changesWhole("off", "Mute it", "was muted", () => ({ enabled: false })),
    changesWhole("tells", "Take away whom it tells", "tells nobody any more", () => ({ actionFilters: [] })),
    removes(),
  ],
  RedisDatabase: redisChanges,
  PagesProject: pagesChanges,
  PagesVariables: pagesChanges,
  ServiceVariables: renderChanges,
};

export const handChanges = ({ kind }: VendorObject): readonly HandChange[] => changesByKind[kind] ?? [];
