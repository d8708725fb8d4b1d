import type { dynamic } from "@pulumi/pulumi";
import { Incomplete } from "../../kernel/errors.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { type ProjectSettingsInputs, type ProjectSettingsOutputs, projectSettingsInputs } from "./inputs.ts";
import { changesOf, differenceWords, differing, reflectSettings } from "./reflect.ts";

/** Settings of the project itself. Its id is the project's number: the project exists already, and is never deleted. */
export const projectSettingsProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<ProjectSettingsInputs, ProjectSettingsOutputs>({
    inputs: projectSettingsInputs,
    identity: ["projectId"],
    configure,

    async create(given) {
      const news = projectSettingsInputs.parse(given);
      const connection = connect(news.projectId);
      return { id: String(news.projectId), outputs: await sync(connection, news, tellChanges(connection)) };
    },

    async read(_id, state) {
      const connection = connect(state.projectId);
      return { inputs: reflectSettings(state, await connection.api.project()), outputs: outputsOf(connection) };
    },

    update(_id, _olds, given) {
      const news = projectSettingsInputs.parse(given);
      return sync(connect(news.projectId), news);
    },

    /** Deletion changes nothing: a promise is not taken back by the end of the stack that watched over it. */
    async delete() {},
  });

/** Writes what differs, in one request, and compares the answer. */
async function sync(
  connection: Connection,
  news: ProjectSettingsInputs,
  onChanges: (changes: readonly string[]) => void = () => {},
): Promise<ProjectSettingsOutputs> {
  const { api, projectId } = connection;
  const live = await api.project();
  const body = changesOf(news, live);
  const outputs = outputsOf(connection);
  if (Object.keys(body).length === 0) return outputs;
  const after = await api.changeProject(body);
  onChanges(differenceWords(news, reflectSettings(news, live)));
  const ignored = differing(news, reflectSettings(news, after));
  // PostHog ignores fields that the plan or the release does not have, and answers 200.
  if (ignored.length > 0) throw new Incomplete(String(projectId), outputs, notTaken(connection, ignored));
  return outputs;
}

const notTaken = ({ host, projectId }: Connection, names: readonly string[]): string =>
  `PostHog accepted the request and did not change ${names.join(", ")}: the plan of the organization, or this release of PostHog, does not have ${names.length === 1 ? "that setting" : "those settings"}. What was promised does not hold. The others are set. Change the plan, or take ${names.join(", ")} out of src/catalog/project-settings.ts (see ${host}/settings/project, project ${projectId})`;

/** The settings of an existing project are overwritten once: what they were is said, so that it can be put back. */
const tellChanges =
  ({ tell, projectId }: Connection) =>
  (changes: readonly string[]): void => {
    if (changes.length > 0)
      tell(`PostHog's project ${projectId} was set otherwise:${changes.map((line) => `\n    ${line}`).join("")}`);
  };

const outputsOf = ({ host }: Connection): ProjectSettingsOutputs => ({ url: `${host}/settings/project` });
