import { isObject, list, object } from "../../../../insights/define/check/json.ts";
import { byHand, type HandChange, removes, shownBy } from "./change.ts";

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

/** Of a project, and of a team. */
export const nameChanges: readonly HandChange[] = [
  changesWhole("rename", "Rename it", "was renamed", ({ name }) => ({ name: `${String(name)} by hand` })),
];

export const keyChanges: readonly HandChange[] = [...nameChanges, removes()];

export const settingsChanges: readonly HandChange[] = [
  {
    key: "filter",
    label: "Switch a filter",
    shownAt: ({ path = "" }) => `${path}filters/`,
    async make({ name, outputs, path = "" }, api) {
      // One that the program has an opinion on; the others are left alone anyway.
      const [filter = "", isOn] = Object.entries(object(outputs.inboundFilters))[0] ?? [];
      await api("PUT", `${path}filters/${filter}/`, { active: isOn !== true });
      return `the filter ${filter} of ${name} was switched ${isOn === true ? "off" : "on"}`;
    },
  },
];

/** Monitors and alerts are switched off in their lists. */
const switchesOff = (label: string, done: string): HandChange => ({
  key: "off",
  label,
  async make({ kind, name, id, path = "" }, api) {
    await api("PUT", `${path.slice(0, -`${id}/`.length)}?id=${id}`, { enabled: false });
    return `${kind} ${name} ${done}`;
  },
});

export const monitorChanges: readonly HandChange[] = [
  changesWhole("rename", "Rename it", "was renamed", (monitor) => ({
    ...asWritten(monitor),
    name: `${String(monitor.name)} ${byHand}`,
  })),
  switchesOff("Switch it off", "was switched off"),
  removes(),
];

export const alertChanges: readonly HandChange[] = [
  switchesOff("Mute it", "was muted"),
  changesWhole("tells", "Take away whom it tells", "tells nobody any more", () => ({ actionFilters: [] })),
  removes(),
];

/** Sentry takes a monitor in other words than it shows it. */
function asWritten({ owner, dataSources }: Record<string, unknown>) {
  const { type, id } = object(owner);
  return {
    owner: isObject(owner) ? `${String(type)}:${String(id)}` : null,
    dataSources: list(dataSources).map((source) => {
      const { id: _, ...query } = object(object(object(source).queryObj).snubaQuery);
      return { ...query, queryType: query.dataset === "events" ? 0 : 1 };
    }),
  };
}
