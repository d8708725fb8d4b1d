import { isObject, list, object } from "../../../../insights/define/check/json.ts";
import { byHand, type HandChange, removes, shownBy } from "./change.ts";

/** Sentry's PUT needs the whole object. */
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

/** For projects and teams. */
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
      // Choose a filter that the program sets; the others are not managed.
      const [filter = "", isOn] = Object.entries(object(outputs.inboundFilters))[0] ?? [];
      await api("PUT", `${path}filters/${filter}/`, { active: isOn !== true });
      return `the filter ${filter} of ${name} was switched ${isOn === true ? "off" : "on"}`;
    },
  },
];

export const ownershipChanges: readonly HandChange[] = [
  {
    key: "rule",
    label: "Take a rule away",
    async make({ name, path = "" }, api) {
      const { raw } = await shownBy(api, path);
      const lines = String(raw).split("\n");
      const rule = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
      await api("PUT", path, { raw: lines.toSpliced(rule, 1).join("\n") });
      return `a rule of the issue owners of ${name} was taken away: ${lines[rule]}`;
    },
  },
  {
    key: "assignment",
    label: "Switch automatic assignment off",
    async make({ name, path = "" }, api) {
      await api("PUT", path, { autoAssignment: "Turn off Auto-Assignment" });
      return `automatic assignment of issues of ${name} was switched off`;
    },
  },
];

/** Monitors and alerts are switched off by a bulk request to their list. */
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

/** Converts a monitor from Sentry's response format to its request format. */
function asWritten({ owner, dataSources }: Record<string, unknown>) {
  const { type, id } = object(owner);
  return {
    owner: isObject(owner) ? `${String(type)}:${String(id)}` : null,
    dataSources: list(dataSources).map((source) => {
      const query = object(object(source).queryObj);
      if (!isObject(query.snubaQuery)) return query;
      const { id: _, ...metric } = query.snubaQuery;
      return { ...metric, queryType: metric.dataset === "events" ? 0 : 1 };
    }),
  };
}
