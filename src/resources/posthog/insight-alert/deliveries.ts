import { makeOnce } from "../../kernel/lost.ts";
import type { LiveHogFunction } from "../answers.ts";
import type { Connection } from "../settings.ts";
import {
  type Delivered,
  deliveredAlert,
  functionChanges,
  functionFields,
  functionName,
  type OwnDelivery,
  reflectFunction,
} from "./hog-function.ts";
import type { Deliveries, InsightAlertInputs, InsightAlertOutputs } from "./inputs.ts";

type State = Pick<InsightAlertInputs, "deliveries"> & Pick<InsightAlertOutputs, "functionIds">;

/**
 * Makes the alert's Hog functions as they are wanted, and returns their ids. What an earlier attempt made is found by its
 * id or its name. One by that name whose alert is gone delivered this alert's predecessor: it is pointed at this one.
 * Others' are left alone, but for those that a refresh has shown.
 * @throws Error when PostHog is not connected to a Slack workspace of that number
 */
export async function deliver(
  connection: Connection,
  alert: Delivered,
  wanted: Deliveries = {},
  known: State = {},
): Promise<Record<string, string>> {
  const { api, overview, clock } = connection;
  if (Object.keys(wanted).length === 0 && Object.keys(known.deliveries ?? {}).length === 0) return {};
  await requireSlack(connection, wanted);
  const all = await api.internalDestinations();
  const alerts = new Set((await overview.alerts()).map(({ id }) => id));
  const isForNobody = (live: LiveHogFunction): boolean => {
    const target = deliveredAlert(live);
    return target !== undefined && !alerts.has(target);
  };
  const ids: Record<string, string> = {};
  for (const [key, delivery] of ownOf(wanted)) {
    const isIt = (live: LiveHogFunction): boolean =>
      live.name === functionName(key, alert) && deliveredAlert(live) === alert.id;
    const isPredecessors = (live: LiveHogFunction): boolean =>
      live.name === functionName(key, alert) && isForNobody(live);
    const found = all.find(({ id }) => id === known.functionIds?.[key]) ?? all.find(isIt) ?? all.find(isPredecessors);
    if (found) {
      ids[key] = found.id;
      await change(
        connection,
        await withInputs(connection, found),
        key,
        delivery,
        alert,
        writtenUrl(key, found, known),
      );
      continue;
    }
    const made = await makeOnce(
      () => api.createHogFunction(functionFields(key, delivery, alert)),
      async () => (await api.internalDestinations()).find(isIt),
      clock,
    );
    ids[key] = made.id;
  }
  const kept = new Set(Object.values(ids));
  const given = new Set(ownOf(known.deliveries ?? {}).map(([key]) => functionName(key, alert)));
  const seen = new Set([...Object.values(known.functionIds ?? {}), ...Object.keys(known.deliveries ?? {})]);
  for (const live of all) {
    const isOurs =
      seen.has(live.id) ||
      seen.has(strangerKey(live)) ||
      (deliveredAlert(live) === alert.id && given.has(live.name ?? ""));
    if (isOurs && !kept.has(live.id)) await api.deleteHogFunction(live.id);
  }
  return ids;
}

async function change(
  { api }: Connection,
  live: LiveHogFunction,
  key: string,
  delivery: OwnDelivery,
  alert: Delivered,
  knownUrl: string | undefined,
): Promise<void> {
  const changes = functionChanges(key, delivery, alert, live, knownUrl);
  if (Object.keys(changes).length > 0) await api.changeHogFunction(live.id, changes);
}

/** The address that was last written to a webhook; undefined when it is not known whether it was. */
function writtenUrl(key: string, { id }: LiveHogFunction, { deliveries, functionIds }: State): string | undefined {
  const before = deliveries?.[key];
  return before?.type === "webhook" && functionIds?.[key] === id ? before.url : undefined;
}

/** The live deliveries of an alert in the inputs' terms, with those that others made. */
export async function reflectDeliveries(
  connection: Connection,
  alert: Delivered,
  { deliveries = {}, functionIds = {} }: State,
): Promise<State> {
  if (Object.keys(deliveries).length === 0) return {};
  const all = await connection.overview.internalDestinations();
  const found: Deliveries = {};
  const ids: Record<string, string> = {};
  for (const [key, delivery] of ownOf(deliveries)) {
    const live =
      all.find(({ id }) => id === functionIds[key]) ??
      all.find((one) => one.name === functionName(key, alert) && deliveredAlert(one) === alert.id);
    if (!live) continue;
    ids[key] = live.id;
    found[key] = reflectFunction(key, delivery, alert, await withInputs(connection, live));
  }
  for (const live of all) {
    if (deliveredAlert(live) !== alert.id || Object.values(ids).includes(live.id)) continue;
    const template = live.template?.template_id ?? live.template?.id ?? "none";
    found[strangerKey(live)] = { type: "made by hand", name: live.name ?? "", template };
  }
  return { deliveries: found, functionIds: ids };
}

/** Deletes the alert's Hog functions: not every release of PostHog deletes them with the alert. */
export async function stopDeliveries({ api }: Connection, alertId: string, state: State): Promise<void> {
  if (Object.keys(state.deliveries ?? {}).length === 0) return;
  const ids = new Set(Object.values(state.functionIds ?? {}));
  for (const live of await api.internalDestinations())
    if (ids.has(live.id) || deliveredAlert(live) === alertId) await api.deleteHogFunction(live.id);
}

const ownOf = (deliveries: Deliveries): [string, OwnDelivery][] =>
  Object.entries(deliveries).filter((entry): entry is [string, OwnDelivery] => entry[1].type !== "made by hand");

/** What somebody made by hand is known by its id: names need not differ. */
const strangerKey = ({ id }: LiveHogFunction): string => `by hand ${id}`;

const withInputs = async ({ api }: Connection, live: LiveHogFunction): Promise<LiveHogFunction> =>
  live.inputs === undefined ? ((await api.hogFunction(live.id)) ?? live) : live;

/** PostHog takes any number, and then tells nobody. */
async function requireSlack({ overview }: Connection, wanted: Deliveries): Promise<void> {
  const numbers = new Set(ownOf(wanted).flatMap(([, one]) => (one.type === "slack" ? [one.integrationId] : [])));
  for (const number of numbers) {
    const found = await overview.integration(number);
    if (found?.kind === "slack") continue;
    const what = found ? `is ${found.kind}` : "does not exist";
    throw new Error(
      `no alert can be sent to Slack by the integration ${number} of PostHog, which ${what}: connect Slack in PostHog (Settings > Integrations), and pulumi config set posthogSlackIntegrationId <number>`,
    );
  }
}
