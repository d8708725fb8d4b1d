import { sameJson } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { alertBody } from "./body.ts";
import { type AlertInputs, type AlertOutputs, alertInputs, type Numbers } from "./inputs.ts";
import { findNumbers, type ResolvedNumbers } from "./numbers.ts";
import { reflectAlert } from "./reflect.ts";

/** An alert, which the API calls a workflow. Its id is the workflow's id. */
export const alert = dynamicProvider<AlertInputs, AlertOutputs>({
  inputs: alertInputs,
  identity: ["organization"],
  configure,

  async create(given) {
    const news = alertInputs.parse(given);
    const api = connect(news.organization);
    const numbers = await findNumbers(api, news);
    const found = await findSame(api, news, numbers);
    const { id } =
      found ??
      (await makeOnce(
        () => api.createWorkflow(alertBody(news, numbers)),
        () => findSame(api, news, numbers),
      ));
    return { id, outputs: outputsOf(api, id, numbers) };
  },

  async read(id, state) {
    const api = connect(state.organization);
    const [live, strangers] = await Promise.all([api.workflow(id), findStrangers(api, state)]);
    if (!live) return undefined;
    const { projectMonitorIds = {}, userIds = {}, projectIds } = state;
    const numbers: Numbers = { projectMonitorIds, userIds, projectIds };
    const { projectMonitors, ...inputs } = reflectAlert(state, numbers, live);
    const watched = Object.entries(projectMonitors).filter(([slug]) => !strangers.has(slug));
    return {
      inputs: { ...inputs, projectMonitors: Object.fromEntries(watched) },
      outputs: outputsOf(api, id, numbers),
    };
  },

  async update(id, olds, given) {
    const news = alertInputs.parse(given);
    const api = connect(news.organization);
    const [live, numbers] = await Promise.all([api.workflow(id), findNumbers(api, news)]);
    if (!live) throw new Error(`the alert "${olds.name}" is gone from Sentry: \`pulumi up --refresh\` makes it again`);
    if (!sameJson(reflectAlert(news, numbers, live), news)) await api.changeWorkflow(id, alertBody(news, numbers));
    return outputsOf(api, id, numbers);
  },

  async delete(id, { organization }) {
    await connect(organization).deleteWorkflow(id);
  },
});

/**
 * An identical alert on the same monitors: an earlier request created it, whose answer was lost. An alert has no field
 * for a mark except its name, and Sentry allows two of the same name; adopting an identical one overwrites nothing.
 */
async function findSame(
  api: SentryApi,
  news: AlertInputs,
  numbers: ResolvedNumbers,
): Promise<LiveWorkflow | undefined> {
  const alerts = await api.workflows(Object.values(numbers.projectIds));
  return alerts.find((live) => sameJson(reflectAlert(news, numbers, live), news));
}

/**
 * Slugs that belong to another project than when the alert was connected to its monitors: it does not watch that one.
 */
async function findStrangers(
  api: SentryApi,
  { projectMonitors, projectIds = {} }: AlertInputs & Partial<AlertOutputs>,
): Promise<ReadonlySet<string>> {
  const known = Object.keys(projectMonitors).filter((slug) => slug in projectIds);
  const found = await Promise.all(known.map(async (slug) => [slug, await api.projectNumber(slug)] as const));
  return new Set(found.flatMap(([slug, number]) => (number === projectIds[slug] ? [] : [slug])));
}

const outputsOf = (
  { root, organization }: SentryApi,
  id: string,
  { projectMonitorIds, userIds, projectIds }: Numbers,
): AlertOutputs => ({
  url: `${root}/organizations/${organization}/monitors/alerts/${id}/`,
  projectMonitorIds,
  userIds,
  projectIds,
});
