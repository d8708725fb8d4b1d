import type { JsonObject } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import type { Insight } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { insightFields, removedDescription } from "./desired.ts";
import type { DashboardInputs, InsightTile } from "./inputs.ts";
import { insightChanges } from "./plan.ts";

/** The insights of one dashboard, each written by its own request. */
export class Insights {
  readonly #connection: Connection;
  readonly #id: string;
  /** Ids (numbers) that a tile already has: another tile of the same title does not use them. */
  readonly #taken: Set<number>;
  readonly #isTaggable: boolean;

  constructor(
    connection: Connection,
    id: string,
    { taken, isTaggable }: { taken: Iterable<number>; isTaggable: boolean },
  ) {
    this.#connection = connection;
    this.#id = id;
    this.#taken = new Set(taken);
    this.#isTaggable = isTaggable;
  }

  /** Writes the differences; sends nothing without any. */
  async change(tile: InsightTile, news: DashboardInputs, live: Insight): Promise<void> {
    const changes = insightChanges(tile, news, live, this.#isTaggable);
    if (Object.keys(changes).length > 0) this.#note(await this.#connection.api.changeInsight(live.id, changes));
  }

  /** Puts an insight on the dashboard: the former one, or a new one. */
  async place(tile: InsightTile, news: DashboardInputs, knownId: number | undefined): Promise<Insight> {
    const { api, clock } = this.#connection;
    const fields = { ...insightFields(tile, news), saved: true };
    const brought = knownId === undefined ? undefined : await this.#bringBack(knownId, fields);
    const insight =
      brought ??
      (await makeOnce(
        () => api.createInsight({ ...fields, dashboards: [Number(this.#id)] }),
        async () =>
          (await api.insightsOn(this.#id)).find(({ id, name }) => name === tile.title && !this.#taken.has(id)),
        clock,
      ));
    this.#taken.add(insight.id);
    return this.#note(insight);
  }

  /**
   * Deletes one of this resource's insights; if somebody also put it on another dashboard, only removes it from this
   * one. `live` saves a request where it is known.
   */
  async remove(id: number, { managedBy, live }: { managedBy: string; live: Insight | undefined }): Promise<void> {
    const { api } = this.#connection;
    // Its dashboards decide: an answer without them is not enough.
    const insight = live?.dashboard_tiles ? live : await api.insight(id);
    if (!insight) return;
    const all = dashboardsOf(insight);
    const elsewhere = all.filter((dashboard) => String(dashboard) !== this.#id);
    if (elsewhere.length === 0) {
      await api.deleteInsight(id, { description: removedDescription(insight.description ?? "", { managedBy }) });
    } else if (elsewhere.length < all.length) {
      await api.changeInsight(id, { dashboards: elsewhere });
    }
  }

  /** An insight that was removed from the dashboard or deleted by hand. Undefined when PostHog no longer has it. */
  async #bringBack(id: number, fields: JsonObject): Promise<Insight | undefined> {
    const { api, memberships } = this.#connection;
    return memberships(async () => {
      const detached = await api.insight(id);
      const dashboards = [...new Set([...dashboardsOf(detached), Number(this.#id)])];
      return api.restoreInsight(id, { ...fields, dashboards });
    });
  }

  #note = (insight: Insight): Insight => this.#connection.overview.note(insight);
}

const dashboardsOf = (insight: Insight | undefined): number[] =>
  (insight?.dashboard_tiles ?? []).filter(({ deleted }) => !deleted).map(({ dashboard_id }) => dashboard_id);
