import { sameJson } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { alertBody } from "./body.ts";
import { type AlertInputs, type AlertOutputs, alertInputs } from "./inputs.ts";
import { findProjectMonitors, type ProjectMonitors } from "./project-monitors.ts";
import { reflectAlert } from "./reflect.ts";

/** An alert, which the API calls a workflow. Its id is the workflow's number. */
export const alert = dynamicProvider<AlertInputs, AlertOutputs>({
  inputs: alertInputs,
  identity: ["organization"],
  configure,

  async create(given) {
    const news = alertInputs.parse(given);
    const api = connect(news.organization);
    const watched = await findProjectMonitors(api, news.projectMonitors);
    const found = await findSame(api, news, watched);
    const { id } =
      found ??
      (await makeOnce(
        () => api.createWorkflow(alertBody(news, watched.monitorIds)),
        () => findSame(api, news, watched),
      ));
    return { id, outputs: outputsOf(api, id, watched.monitorIds) };
  },

  async read(id, state) {
    const api = connect(state.organization);
    const live = await api.workflow(id);
    const monitorIds = state.projectMonitorIds ?? {};
    return live && { inputs: reflectAlert(state, monitorIds, live), outputs: outputsOf(api, id, monitorIds) };
  },

  async update(id, olds, given) {
    const news = alertInputs.parse(given);
    const api = connect(news.organization);
    const [live, { monitorIds }] = await Promise.all([
      api.workflow(id),
      findProjectMonitors(api, news.projectMonitors),
    ]);
    if (!live) throw new Error(`the alert "${olds.name}" is gone from Sentry: \`pulumi up --refresh\` makes it again`);
    if (!sameJson(reflectAlert(news, monitorIds, live), news))
      await api.changeWorkflow(id, alertBody(news, monitorIds));
    return outputsOf(api, id, monitorIds);
  },

  async delete(id, { organization }) {
    await connect(organization).deleteWorkflow(id);
  },
});

/**
 * An alert that is the same to the last word, on the same monitors: one that an earlier request made, whose answer was
 * lost. An alert has no field for a mark but its name, and Sentry allows two of the same name; taking over one that is
 * the same writes over nobody's work.
 */
async function findSame(
  api: SentryApi,
  news: AlertInputs,
  { projectIds, monitorIds }: ProjectMonitors,
): Promise<LiveWorkflow | undefined> {
  const alerts = await api.workflows(projectIds);
  return alerts.find((live) => sameJson(reflectAlert(news, monitorIds, live), news));
}

const outputsOf = (
  { root, organization }: SentryApi,
  id: string,
  projectMonitorIds: AlertOutputs["projectMonitorIds"],
): AlertOutputs => ({ url: `${root}/organizations/${organization}/monitors/alerts/${id}/`, projectMonitorIds });
