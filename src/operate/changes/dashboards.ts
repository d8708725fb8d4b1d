import { object } from "../../insights/define/check/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { type Becomes, becomes, type Change, type Resource } from "../plan/plan.ts";
import { name, type Phrase, plain, say } from "../text/phrase.ts";
import { valueWords } from "./query/values.ts";
import { type TileChange, type Tiles, tileChanges } from "./tiles.ts";

export const dashboardType = "pulumi-nodejs:dynamic/posthog:Dashboard";

/** A dashboard's definition as a plan has it. Its fields may have any form, since somebody may have edited it in PostHog. */
export interface DashboardView {
  readonly key: string;
  readonly title: string;
  readonly owner: string;
  readonly question: string;
  readonly tiles: Tiles;
}

/** The change of one dashboard. */
export interface DashboardChange {
  readonly urn: string;
  readonly key: string;
  readonly title: string;
  readonly owner: string;
  /** Its address in PostHog; undefined before it is made. */
  readonly url?: string;
  readonly change: Becomes;
  /** Changes of the dashboard itself, not of its tiles. */
  readonly words: readonly Phrase[];
  readonly tiles: readonly TileChange[];
  readonly before?: DashboardView;
  readonly after?: DashboardView;
}

/** The dashboards that a plan changes, with the changes of their tiles. */
export const dashboardChanges = (changes: readonly Change[]): DashboardChange[] =>
  changes.filter(({ type }) => type === dashboardType).map(dashboardChange);

function dashboardChange(change: Change): DashboardChange {
  const before = change.kind === "created" ? undefined : dashboardView(change.before);
  const isGone = change.kind === "deleted" || isDeletedByHand(change.after);
  const after = isGone ? undefined : dashboardView(change.after);
  const url = change.kind === "created" ? undefined : change.before.outputs.url;
  const { key, title, owner } = before ?? after ?? emptyView;
  return {
    ...{ urn: change.urn, key, title, owner },
    ...(typeof url === "string" && { url }),
    change: isGone ? "removed" : becomes[change.kind],
    words: before && after ? ownWords(change, before, after) : [],
    tiles: before && after ? tileChanges(before.tiles, after.tiles) : [],
    ...(before && { before }),
    ...(after && { after }),
  };
}

/** PostHog keeps a deleted dashboard, and so does its resource, which brings it back (resources/posthog/dashboard/reflect.ts). */
const isDeletedByHand = ({ inputs }: Resource): boolean => inputs.deletedByHand === true;

const emptyView: DashboardView = { key: "", title: "", owner: "", question: "", tiles: {} };

export function dashboardView({ name: resource, inputs }: Resource): DashboardView {
  const { key, title, owner, question, tiles } = inputs;
  const text = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);
  return {
    key: text(key, resource),
    title: text(title, resource),
    owner: text(owner),
    question: text(question),
    tiles: byPlace(object(tiles)),
  };
}

/** In reading order on the board: Pulumi orders them by key. */
function byPlace(tiles: Readonly<Record<string, unknown>>): Tiles {
  const position = (tile: Readonly<Record<string, unknown>>): number => {
    const { row, column } = object(tile.place);
    return typeof row === "number" && typeof column === "number" ? row * 12 + column : Number.MAX_SAFE_INTEGER;
  };
  const entries = Object.entries(tiles).map(([key, tile]) => [key, object(tile)] as const);
  return Object.fromEntries(entries.toSorted(([, a], [, b]) => position(a) - position(b)));
}

function ownWords(change: Change, before: DashboardView, after: DashboardView): Phrase[] {
  const filters = change.kind === "changed" ? [change.before.inputs.filters, change.after.inputs.filters] : [];
  const comesBack = change.kind === "changed" && isDeletedByHand(change.before);
  return [
    ...(comesBack ? [plain("comes back, which somebody deleted in PostHog")] : []),
    ...(before.title === after.title ? [] : [say`is titled ${name(after.title)}`]),
    ...(before.owner === after.owner ? [] : [say`owner ${before.owner} → ${after.owner}`]),
    ...(before.question === after.question ? [] : [say`question: “${after.question}”`]),
    ...(sameJson(filters[0], filters[1]) ? [] : [say`filters on the whole dashboard: ${valueWords(filters[1])}`]),
  ];
}
