import { sameJson } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveDetector, LiveProject } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { shownSlug } from "../slug.ts";
import { monitorBody } from "./body.ts";
import { type MonitorInputs, type MonitorOutputs, monitorInputs } from "./inputs.ts";
import { isMetricMonitor, reflectMonitor } from "./reflect.ts";

/** A metric monitor, which the API calls a detector. Its id is the detector's number. */
export const monitor = dynamicProvider<MonitorInputs, MonitorOutputs>({
  inputs: monitorInputs,
  identity: ["organization", "project"],
  configure,

  async create(given) {
    const news = monitorInputs.parse(given);
    const api = connect(news.organization);
    const project = await api.project(news.project);
    const { id } =
      (await findSame(api, news, project)) ??
      (await makeOnce(
        () => api.createDetector(project.slug, monitorBody({ ...news, project: project.slug })),
        () => findSame(api, news, project),
      ));
    return { id, outputs: outputsOf(api, id) };
  },

  async read(id, state) {
    const api = connect(state.organization);
    const live = await api.detector(id);
    if (!live) return undefined;
    const project = await shownSlug(api, state.project, live.projectId);
    return { inputs: { ...reflectMonitor(state, live), project }, outputs: outputsOf(api, id) };
  },

  async update(id, olds, given) {
    const news = monitorInputs.parse(given);
    const api = connect(news.organization);
    const live = await api.detector(id);
    if (!live) {
      throw new Error(`the monitor "${olds.name}" is gone from Sentry: \`pulumi up --refresh\` makes it again`);
    }
    if (!sameJson(reflectMonitor(news, live), news)) {
      const { slug } = await api.project(news.project);
      await api.changeDetector(id, monitorBody({ ...news, project: slug }));
    }
    return outputsOf(api, id);
  },

  async delete(id, { organization }) {
    await connect(organization).deleteDetector(id);
  },
});

/**
 * A monitor that is the same to the last word: one that an earlier request made, whose answer was lost. Sentry allows
 * two of the same name, so the name alone would not do; taking over one that is the same writes over nobody's work.
 */
async function findSame(
  api: SentryApi,
  news: MonitorInputs,
  { id }: Pick<LiveProject, "id">,
): Promise<LiveDetector | undefined> {
  const monitors = await api.detectors(id, "metric_issue");
  return monitors.find((live) => isMetricMonitor(live) && sameJson(reflectMonitor(news, live), news));
}

const outputsOf = ({ root, organization }: SentryApi, id: string): MonitorOutputs => ({
  url: `${root}/organizations/${organization}/monitors/${id}/`,
});
