import { Incomplete } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { Insight, LiveDashboard } from "../answers.ts";
import type { PostHogApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { dashboardFields, ownMark, ownTag } from "./desired.ts";
import { type DashboardInputs, type DashboardOutputs, type DashboardState, dashboardInputs } from "./inputs.ts";
import { observe, observedEmpty } from "./observe.ts";
import { reflectDashboard } from "./reflect.ts";
import { carryOver } from "./rename.ts";
import { removeInsight, syncDashboard } from "./sync.ts";

/** A PostHog dashboard with its insights, texts and layout. Its id is the dashboard's number. */
export const dashboard = dynamicProvider<DashboardInputs, DashboardOutputs>({
  inputs: dashboardInputs,
  identity: ["projectId"],
  configure,

  async create(news) {
    const api = connect(news.projectId);
    const [existing, orphans] = await Promise.all([findOwn(api, news), findOrphans(api, news)]);
    const found = existing ?? (await make(api, news));
    const id = String(found.id);
    try {
      const observed = existing ? await observe(api, id) : observedEmpty(found);
      if (!observed)
        throw new Error(`dashboard ${id} was deleted while it was being set up: run the same command again`);
      const nothing = { insightIds: {}, tileIds: {} };
      const outputs = await syncDashboard({ api, id, news, observed, known: nothing, dropped: nothing, orphans });
      return { id, outputs };
    } catch (error) {
      throw error instanceof Incomplete ? error : new Incomplete(id, { insightIds: {}, tileIds: {} }, error);
    }
  },

  async read(id, state) {
    const observed = await observe(connect(state.projectId), id);
    return observed && reflectDashboard(state, observed);
  },

  async update(id, olds, news) {
    const api = connect(news.projectId);
    const observed = await observe(api, id);
    if (!observed) {
      throw new Error(`dashboard ${id} ("${olds.title}") is gone from PostHog: \`pulumi up --refresh\` makes it again`);
    }
    return syncDashboard({ api, id, news, observed, ...carryOver(olds, news), orphans: [] });
  },

  /** Our insights go with the dashboard; those that somebody else put on it, or that stand on others, stay. */
  async delete(id, state: DashboardState) {
    const api = connect(state.projectId);
    const observed = await observe(api, id);
    if (!observed) return;
    await Promise.all(
      Object.values(state.insightIds ?? {}).map((insightId) => removeInsight({ api, id, observed }, insightId)),
    );
    await api.deleteDashboard(id);
  },
});

const make = (api: PostHogApi, news: DashboardInputs): Promise<LiveDashboard> =>
  makeOnce(
    () => api.createDashboard({ ...dashboardFields(news) }),
    () => findOwn(api, news),
  );

/** The dashboard that an earlier run made without living to tell: its description carries this stack's own mark. */
async function findOwn(api: PostHogApi, news: DashboardInputs): Promise<LiveDashboard | undefined> {
  const mark = ownMark(news);
  const found = await api.findDashboards(mark);
  return found.find(({ description, deleted }) => !deleted && description?.includes(mark));
}

/** Insights that are left of a dashboard which was deleted by hand: they are used again instead of made twice. */
async function findOrphans(api: PostHogApi, news: DashboardInputs): Promise<Insight[]> {
  const tagged = await api.insightsTagged(ownTag(news));
  return tagged.filter(({ dashboard_tiles }) => (dashboard_tiles ?? []).every(({ deleted }) => deleted));
}
