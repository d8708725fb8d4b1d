import { hasStatus } from "../../kernel/errors.ts";
import { sameJson } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { PostHogApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { alertFields, reflectAlert } from "./fields.ts";
import { type InsightAlertInputs, type InsightAlertOutputs, insightAlertInputs } from "./inputs.ts";

/** An alert on an insight. Its id is the alert's UUID. */
export const insightAlert = dynamicProvider<InsightAlertInputs, InsightAlertOutputs>({
  inputs: insightAlertInputs,
  identity: ["projectId", "dashboardId", "tileKey"],
  configure,

  async create(news) {
    const api = connect(news.projectId);
    const [insightId, subscribers] = await Promise.all([findInsight(api, news), findUsers(api, news.subscribers)]);
    const alert = await makeOnce(
      () => api.createAlert({ insight: insightId, ...alertFields(news, subscribers) }),
      () => api.findAlert(insightId, news.name),
    );
    return { id: alert.id, outputs: { insightId } };
  },

  async read(id, state) {
    const live = await connect(state.projectId).alert(id);
    return live && { inputs: reflectAlert(state, live), outputs: { insightId: live.insight.id } };
  },

  async update(id, olds, news) {
    const api = connect(news.projectId);
    const live = await api.alert(id);
    if (!live) throw new Error(`the alert "${olds.name}" is gone from PostHog: \`pulumi up --refresh\` makes it again`);
    if (!sameJson(reflectAlert(news, live), news)) {
      await api.changeAlert(id, alertFields(news, await findUsers(api, news.subscribers)));
    }
    return { insightId: live.insight.id };
  },

  async delete(id, state) {
    try {
      await connect(state.projectId).deleteAlert(id);
    } catch (error) {
      // Deleting its insight deletes an alert, too.
      if (!hasStatus(error, 404)) throw error;
    }
  },
});

/** The insight behind a tile, by its title: the number of an insight that is yet to be made is not known in a preview. */
async function findInsight(api: PostHogApi, { dashboardId, tileKey, tileTitle }: InsightAlertInputs): Promise<number> {
  const insights = await api.insightsOn(dashboardId);
  const found = insights.find(({ name }) => name === tileTitle);
  if (found) return found.id;
  throw new Error(
    `dashboard ${dashboardId} has no insight "${tileTitle}" for the tile "${tileKey}": \`pulumi up --refresh\` puts it back`,
  );
}

/** Numbers of the people who are told. PostHog takes numbers; the list of members is the one place that gives them. */
async function findUsers(api: PostHogApi, emails: string[]): Promise<number[]> {
  if (emails.length === 0) return [];
  const members = new Map((await api.members()).map(({ user }) => [user.email.toLowerCase(), user.id]));
  const missing = emails.filter((email) => !members.has(email.toLowerCase()));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(", ")} cannot be told by PostHog: they are not members of the organization; invite them in PostHog, or change who is told with pulumi config set --path 'teams.<team>[0]' <e-mail>`,
    );
  }
  return emails.flatMap((email) => members.get(email.toLowerCase()) ?? []);
}
