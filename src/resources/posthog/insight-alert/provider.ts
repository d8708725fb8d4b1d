import type { dynamic } from "@pulumi/pulumi";
import { Incomplete, isVendorError } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveAlert } from "../answers.ts";
import { userNumbers } from "../members.ts";
import type { PostHogConnections } from "../settings.ts";
import { insightOfTile } from "../tile-insight.ts";
import { deliver, reflectDeliveries, stopDeliveries } from "./deliveries.ts";
import { alertChanges, alertFields, reflectAlert } from "./fields.ts";
import { type InsightAlertInputs, type InsightAlertOutputs, insightAlertInputs } from "./inputs.ts";

/** An alert on an insight. Its id is the alert's UUID. */
export const insightAlertProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<InsightAlertInputs, InsightAlertOutputs>({
    inputs: insightAlertInputs,
    identity: ["projectId", "dashboardId", "tileKey"],
    secrets: ["deliveries"],
    configure,

    async create(news) {
      const connection = connect(news.projectId);
      const { api, overview, clock } = connection;
      const [insightId, subscribers] = await Promise.all([
        insightOfTile(connection, news, "an alert"),
        userNumbers(connection, news.subscribers),
      ]);
      const isIt = ({ insight, name }: LiveAlert) => insight.id === insightId && name === news.name;
      // An earlier run may have created it and ended before the state was saved.
      const existing = (await overview.alerts()).find(isIt);
      const alert =
        existing ??
        (await makeOnce(
          () => api.createAlert({ insight: insightId, ...alertFields(news, subscribers) }).catch(explained(news)),
          async () => (await api.alerts()).find(isIt),
          clock,
        ));
      const changes = existing ? alertChanges(news, existing, subscribers) : {};
      try {
        if (Object.keys(changes).length > 0) await api.changeAlert(alert.id, changes);
        const functionIds = await deliver(connection, { ...news, id: alert.id }, news.deliveries);
        return { id: alert.id, outputs: outputsOf(insightId, functionIds) };
      } catch (error) {
        // The alert exists: without a state, a `destroy` would leave it.
        throw new Incomplete(alert.id, { insightId }, error);
      }
    },

    async read(id, state) {
      const connection = connect(state.projectId);
      const live = await connection.overview.alert(id);
      if (!live) return undefined;
      const { deliveries, functionIds } = await reflectDeliveries(connection, { ...state, id }, state);
      return {
        inputs: { ...reflectAlert(state, live), deliveries },
        // Keeps the insight that it was created for: the next `up` restores the link.
        outputs: outputsOf(state.insightId ?? live.insight.id, functionIds),
      };
    },

    async update(id, olds, news) {
      const connection = connect(news.projectId);
      const live = await connection.api.alert(id);
      if (!live)
        throw new Error(`the alert "${olds.name}" is gone from PostHog: \`pulumi up --refresh\` makes it again`);
      const insightId = olds.insightId ?? live.insight.id;
      const changes = {
        ...alertChanges(news, live, await userNumbers(connection, news.subscribers)),
        ...(live.insight.id === insightId ? {} : { insight: insightId }),
      };
      if (Object.keys(changes).length > 0) await connection.api.changeAlert(id, changes);
      return outputsOf(insightId, await deliver(connection, { ...news, id }, news.deliveries, olds));
    },

    async delete(id, state) {
      const connection = connect(state.projectId);
      await stopDeliveries(connection, id, state);
      await connection.api.deleteAlert(id);
    },
  });

/** Without deliveries as in states of release 1.0.0. */
const outputsOf = (insightId: number, functionIds: Record<string, string> = {}): InsightAlertOutputs => ({
  insightId,
  ...(Object.keys(functionIds).length > 0 ? { functionIds } : {}),
});

/** PostHog has alerts on funnels since June 2026 (PostHog/posthog#62670), and switched them on account by account. */
const explained =
  ({ conversion, name }: InsightAlertInputs) =>
  (error: unknown): never => {
    const isRefused = isVendorError(error) && error.failure.status === 400;
    if (conversion === undefined || !isRefused || !/not supported|not enabled|unsupported/i.test(error.failure.detail))
      throw error;
    throw new Error(
      `the alert "${name}" is on a funnel, and this PostHog refuses it: ${error.failure.detail} PostHog has such alerts since June 2026. Update it, or ask PostHog to switch them on for the account; until then, take the alert out of alerts/posthog.ts`,
    );
  };
