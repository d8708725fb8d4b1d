import type { dynamic } from "@pulumi/pulumi";
import { type JsonObject, sameJson } from "../kernel/json.ts";
import { makeOnce } from "../kernel/lost.ts";
import { dynamicProvider, type Model } from "../kernel/provider.ts";
import type { LiveDetector } from "./answers.ts";
import type { SentryApi } from "./api.ts";
import { configure, connect } from "./settings.ts";
import { shownSlug } from "./slug.ts";

interface DetectorInputs {
  organization: string;
  project: string;
  name: string;
}

interface DetectorOutputs {
  /** Address of the monitor in Sentry. */
  url: string;
}

/** A kind of monitor, which the API calls a detector. */
interface DetectorKind<Inputs extends DetectorInputs> {
  /** Sentry's name of the kind. */
  type: string;
  inputs: Model<Inputs, DetectorOutputs>["inputs"];
  /** The body of POST and PUT requests. */
  body(inputs: Inputs): JsonObject;
  /** The live monitor in the definition's terms. */
  reflect(defined: Inputs, live: LiveDetector): Inputs;
  /**
   * Whether a live monitor of the project is the defined one, although it may differ. Default: an identical one, which
   * an earlier request created whose answer was lost; adopting it overwrites nothing.
   */
  isIt?(defined: Inputs, live: LiveDetector): boolean;
}

/** The provider of one kind of monitor. A resource's id is the detector's id. */
export function detectorProvider<Inputs extends DetectorInputs>(kind: DetectorKind<Inputs>): dynamic.ResourceProvider {
  const { type, inputs, body, reflect } = kind;
  const isSame = (defined: Inputs, live: LiveDetector): boolean => sameJson(reflect(defined, live), defined);
  const isIt = kind.isIt ?? isSame;
  const put = async (api: SentryApi, live: LiveDetector, news: Inputs): Promise<void> => {
    if (isSame(news, live)) return;
    const { slug } = await api.project(news.project);
    await api.changeDetector(live.id, body({ ...news, project: slug }));
  };
  return dynamicProvider<Inputs, DetectorOutputs>({
    inputs,
    identity: ["organization", "project"],
    configure,

    async create(given) {
      const news = inputs.parse(given);
      const api = connect(news.organization);
      const project = await api.project(news.project);
      const find = async () => (await api.detectors(project.id, type)).find((live) => isIt(news, live));
      const found = await find();
      if (found) await put(api, found, news);
      const { id } =
        found ??
        (await makeOnce(() => api.createDetector(project.slug, body({ ...news, project: project.slug })), find));
      return { id, outputs: outputsOf(api, id) };
    },

    async read(id, state) {
      const api = connect(state.organization);
      const live = await api.detector(id);
      if (!live) return undefined;
      const project = await shownSlug(api, state.project, live.projectId);
      return { inputs: { ...reflect(state, live), project }, outputs: outputsOf(api, id) };
    },

    async update(id, olds, given) {
      const news = inputs.parse(given);
      const api = connect(news.organization);
      const live = await api.detector(id);
      if (!live) {
        throw new Error(`the monitor "${olds.name}" is gone from Sentry: \`pulumi up --refresh\` makes it again`);
      }
      await put(api, live, news);
      return outputsOf(api, id);
    },

    async delete(id, { organization }) {
      await connect(organization).deleteDetector(id);
    },
  });
}

const outputsOf = ({ root, organization }: SentryApi, id: string): DetectorOutputs => ({
  url: `${root}/organizations/${organization}/monitors/${id}/`,
});
