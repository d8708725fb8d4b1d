import { batched, Once } from "../kernel/batched.ts";
import type { Clock } from "../kernel/clock.ts";
import type {
  Insight,
  Integration,
  LiveAlert,
  LiveDashboard,
  LiveFlag,
  LiveHogFunction,
  LiveScheduledChange,
  LiveSubscription,
} from "./answers.ts";
import type { PostHogApi } from "./api.ts";
import { pageSize } from "./request.ts";

/** A text that the descriptions of all dashboards of this program contain: one search finds them all. */
export const markStart = "Managed by code: ";

/**
 * Maximum number of pages of all insights to read instead of a list for each dashboard: more where there are no tags to
 * tell ours from others'.
 */
const affordablePages = { withTags: 3, withoutTags: 10 };

/**
 * Cache of one process for a PostHog project, shared by all its resources, so that a hundred dashboards do not need a
 * hundred lists. An insight is taken from it only when the dashboard's own answer shows that it was not written since,
 * so that changes by others are seen.
 */
export class Overview {
  readonly #api: PostHogApi;
  readonly #insights = new Map<number, Insight>();
  readonly #tagged = new Map<string, Once<number>>();
  readonly #dashboards: Once<LiveDashboard[]>;
  #made: LiveDashboard[] = [];
  readonly #all: Once<void>;
  /** Dashboards that needed a separate list. */
  #misses = 0;
  #withTags = false;

  /** The present alert with this id. */
  readonly alert: (id: string) => Promise<LiveAlert | undefined>;
  /** All present alerts. */
  readonly alerts: () => Promise<LiveAlert[]>;
  /** All present Hog functions that run on PostHog's own events. */
  readonly internalDestinations: () => Promise<LiveHogFunction[]>;
  /** An integration of the project. */
  readonly integration: (id: number) => Promise<Integration | undefined>;
  /** The present flag with this id. */
  readonly flag: (id: string) => Promise<LiveFlag | undefined>;
  /** The subscription with this id, a deleted one, too. */
  readonly subscription: (id: string) => Promise<LiveSubscription | undefined>;
  /** All flags of the project that are not deleted. */
  readonly flags: () => Promise<LiveFlag[]>;
  /** Present changes of flags that PostHog makes at a set time. */
  readonly scheduledChanges: () => Promise<readonly LiveScheduledChange[]>;
  /** The present insights of a dashboard. */
  readonly insightsOn: (dashboardId: string) => Promise<Insight[]>;
  /** Ids (numbers) of the organization's members, by e-mail address in lower case. */
  readonly members: Once<Map<string, number>>;

  constructor(api: PostHogApi, clock: Clock) {
    this.#api = api;
    this.#dashboards = new Once(() => api.findDashboards(markStart));
    this.#all = new Once(() => this.#readAll());
    this.alert = batched((ids) => readByIds(ids, api.alerts, api.alert), clock);
    this.flag = batched((ids) => readByIds(ids, api.flags, api.flag), clock);
    this.subscription = batched((ids) => readByIds(ids, api.subscriptions, api.subscription), clock);
    this.flags = together(api.flags, clock);
    this.alerts = together(api.alerts, clock);
    this.scheduledChanges = together(api.scheduledChanges, clock);
    this.internalDestinations = together(api.internalDestinations, clock);
    const integrations = new Map<number, Once<Integration | undefined>>();
    this.integration = (id) => {
      const asked = integrations.get(id) ?? new Once(() => api.integration(id));
      integrations.set(id, asked);
      return asked.get();
    };
    const insightsOn = batched((ids: readonly string[]) => readEach(ids, api.insightsOn), clock);
    this.insightsOn = async (id) => (await insightsOn(id)) ?? [];
    this.members = new Once(async () => {
      const members = await api.members();
      return new Map(members.map(({ user }) => [user.email.toLowerCase(), user.id]));
    });
  }

  /**
   * The dashboards of this program, of all stacks, without their tiles. It is the first request of a stack, so it
   * reveals a wrong key, host or project.
   */
  dashboards = async (): Promise<LiveDashboard[]> => [...(await this.#dashboards.get()), ...this.#made];

  /** Adds a new dashboard, which the earlier list lacks. */
  noteDashboard = (dashboard: LiveDashboard): void => void this.#made.push(dashboard);

  /** Forgets the list: a dashboard may have been created by a request without an answer. */
  forgetDashboards = (): void => this.#dashboards.forget();

  /** Stores what the answer to a write says about an insight. */
  note(insight: Insight): Insight {
    this.#insights.set(insight.id, insight);
    return insight;
  }

  /**
   * The insights of a dashboard by their ids: those in `wanted` with their stored queries, the others as the dashboard
   * shows them, with its filters in their queries. `stackTag` is the tag of all insights of the stack.
   */
  async insightsOf(
    { id, tiles }: LiveDashboard,
    wanted: ReadonlySet<number>,
    stackTag: string,
  ): Promise<Map<number, Insight>> {
    const shown = (tiles ?? []).flatMap(({ insight }) => insight ?? []);
    const areKnown = () => shown.every((insight) => !wanted.has(insight.id) || this.#isCurrent(insight));
    if (!areKnown()) await this.#readTagged(stackTag);
    if (!areKnown()) {
      this.#misses += 1;
      await this.#all.get();
    }
    if (!areKnown()) for (const insight of await this.#api.insightsOn(String(id))) this.note(insight);
    const asWritten = (insight: Insight) => {
      const known = wanted.has(insight.id) ? this.#insights.get(insight.id) : undefined;
      // Tags can change without changing the modification time.
      return known && { ...known, tags: insight.tags ?? known.tags };
    };
    return new Map(shown.map((insight) => [insight.id, asWritten(insight) ?? insight]));
  }

  #isCurrent(shown: Insight): boolean {
    const known = this.#insights.get(shown.id);
    return typeof shown.updated_at === "string" && known?.updated_at === shown.updated_at;
  }

  async #readTagged(tag: string): Promise<void> {
    const reading = this.#tagged.get(tag) ?? new Once(async () => this.#noteAll(await this.#api.insightsTagged(tag)));
    this.#tagged.set(tag, reading);
    if ((await reading.get()) > 0) this.#withTags = true;
  }

  /** All insights of the project when there are few; otherwise only the first page, which contains their number. */
  async #readAll(): Promise<void> {
    const first = await this.#api.firstInsights();
    const pages = Math.ceil((first.count ?? Number.POSITIVE_INFINITY) / pageSize);
    const affordable = affordablePages[this.#withTags ? "withTags" : "withoutTags"] + this.#misses;
    this.#noteAll(pages <= affordable ? await this.#api.restOfInsights(first) : first.rows);
  }

  #noteAll(insights: Insight[]): number {
    for (const insight of insights) this.note(insight);
    return insights.length;
  }
}

/** A list that callers at about the same time share. */
function together<Row>(list: () => Promise<Row[]>, clock: Clock): () => Promise<Row[]> {
  const shared = batched(async () => new Map([["all", await list()]]), clock);
  return async () => (await shared("all")) ?? [];
}

/** One by its own address, several by a list. */
async function readByIds<Row extends { id: string | number }>(
  ids: readonly string[],
  list: () => Promise<Row[]>,
  one: (id: string) => Promise<Row | undefined>,
): Promise<Map<string, Row>> {
  const listed = ids.length > 1 ? await list() : [];
  const found = new Map(listed.map((row) => [String(row.id), row]));
  // A list omits objects that its reader may not see: only an object's own address shows that it does not exist.
  const missing = ids.filter((id) => !found.has(id));
  for (const row of await Promise.all(missing.map(one))) if (row) found.set(String(row.id), row);
  return found;
}

async function readEach<Key, Value>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Value>,
): Promise<ReadonlyMap<Key, Value>> {
  return new Map(await Promise.all(keys.map(async (key): Promise<[Key, Value]> => [key, await read(key)])));
}
