import type { dynamic } from "@pulumi/pulumi";
import { hasStatus } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveSubscription } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { isSameText } from "../texts.ts";
import { insightOfTile } from "../tile-insight.ts";
import { subscriptionBody, subscriptionChanges } from "./fields.ts";
import { type SubscriptionInputs, type SubscriptionOutputs, subscriptionInputs } from "./inputs.ts";
import { reflectSubscription } from "./reflect.ts";

/** A subscription of a dashboard. Its id is PostHog's number. */
export const subscriptionProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<SubscriptionInputs, SubscriptionOutputs>({
    inputs: subscriptionInputs,
    identity: ["projectId", "dashboardId"],
    configure,

    async create(news) {
      const connection = connect(news.projectId);
      const { api, clock } = connection;
      const insightIds = await insightIdsOf(connection, news);
      // An earlier run may have made it and ended before the state was saved; so may a person.
      const find = async () => (await api.subscriptionsTo(news.dashboardId)).find((live) => isIt(news, live));
      const existing = await find();
      const live =
        existing ?? (await makeOnce(() => api.createSubscription(subscriptionBody(news, insightIds)), find, clock));
      if (existing) await change(connection, news, insightIds, existing);
      return { id: String(live.id), outputs: { insightIds } };
    },

    async read(id, state) {
      const connection = connect(state.projectId);
      const live = await connection.overview.subscription(id);
      // PostHog shows deleted subscriptions, too.
      if (!live || live.deleted) return undefined;
      const onDashboard = await connection.overview.insightsOn(state.dashboardId);
      const { insightIds = {} } = state;
      return {
        inputs: reflectSubscription({ ...state, insightIds }, live, onDashboard, connection.clock.now()),
        outputs: { insightIds },
      };
    },

    async update(id, olds, news) {
      const connection = connect(news.projectId);
      const live = await connection.api.subscription(id);
      if (!live || live.deleted)
        throw new Error(
          `the subscription "${olds.title}" is gone from PostHog: \`pulumi up --refresh\` makes it again`,
        );
      const insightIds = await insightIdsOf(connection, news);
      await change(connection, news, insightIds, live);
      return { insightIds };
    },

    /**
     * PostHog answers 405 to DELETE, and with a plan that does not include subscriptions any more, 402 to everything: the
     * stack lets go of it then.
     */
    async delete(id, { projectId, title }) {
      const { api, tell } = connect(projectId);
      try {
        await api.changeSubscription(id, { deleted: true });
      } catch (error) {
        if (!hasStatus(error, 402)) throw error;
        tell(
          `the subscription "${title}" stays in PostHog: its plan does not include subscriptions any more, and lets nobody delete one`,
        );
      }
    },
  });

async function change(
  { api, clock }: Connection,
  news: SubscriptionInputs,
  insightIds: Record<string, number>,
  live: LiveSubscription,
): Promise<void> {
  const changes = subscriptionChanges(news, insightIds, live, clock.now());
  if (Object.keys(changes).length > 0) await api.changeSubscription(String(live.id), changes);
}

/** Whether a subscription of the dashboard is this one: of its title, to the same kind of place, and for Slack to the same. */
function isIt({ title, target }: SubscriptionInputs, live: LiveSubscription): boolean {
  if (live.deleted || !isSameText(title, live.title) || live.target_type !== target.type) return false;
  return target.type !== "slack" || live.target_value.split("|").includes(target.channel);
}

async function insightIdsOf(
  connection: Connection,
  { dashboardId, tiles }: SubscriptionInputs,
): Promise<Record<string, number>> {
  const found = Object.entries(tiles).map(
    async ([tileKey, tileTitle]): Promise<[string, number]> => [
      tileKey,
      await insightOfTile(connection, { dashboardId, tileKey, tileTitle }, "a subscription"),
    ],
  );
  return Object.fromEntries(await Promise.all(found));
}
