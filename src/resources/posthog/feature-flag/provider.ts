import type { dynamic } from "@pulumi/pulumi";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveFlag } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { stackTag } from "../tags.ts";
import { flagBody, flagChanges } from "./fields.ts";
import { type FeatureFlagInputs, type FeatureFlagOutputs, featureFlagInputs } from "./inputs.ts";
import { isInExperiment, reflectFlag } from "./reflect.ts";
import { heldBy, scheduledWords, whyNotTakenOver, whyNotWritten } from "./refusals.ts";
import { fightingChanges } from "./scheduled.ts";

/** A feature flag. Its id is PostHog's number; the apps know it by its key, which is unique in a project. */
export const featureFlagProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<FeatureFlagInputs, FeatureFlagOutputs>({
    inputs: featureFlagInputs,
    identity: ["projectId"],
    configure,

    async create(news) {
      const connection = connect(news.projectId);
      const existing = await find(connection, news.key);
      if (existing) {
        const refusal = whyNotTakenOver(news, existing, flagUrl(connection, existing));
        if (refusal !== undefined) throw new Error(refusal);
        const live = await change(connection, news, existing);
        return { id: String(live.id), outputs: outputsOf(connection, live) };
      }
      const live = await makeOnce(
        () => connection.api.createFlag(flagBody(news)),
        () => find(connection, news.key),
        connection.clock,
      );
      return { id: String(live.id), outputs: outputsOf(connection, live) };
    },

    async read(id, state) {
      const connection = connect(state.projectId);
      const { overview } = connection;
      const live = await overview.flag(id);
      if (!live || live.deleted) return undefined;
      const scheduled = fightingChanges(id, state, await overview.scheduledChanges());
      return {
        inputs: reflectFlag(state, live, scheduled),
        outputs: { ...outputsOf(connection, live), withoutTags: state.withoutTags },
      };
    },

    async update(id, olds, news) {
      const connection = connect(news.projectId);
      const live = await connection.api.flag(id);
      if (!live || live.deleted)
        throw new Error(`the flag ${olds.key} is gone from PostHog: \`pulumi up --refresh\` makes it again`);
      return outputsOf(connection, await change(connection, news, live, olds.withoutTags));
    },

    /** PostHog answers 405 to DELETE. A flag that does not exist counts as deleted. */
    async delete(id, state) {
      const { api, tell } = connect(state.projectId);
      const live = await api.flag(id);
      if (!live || live.deleted) return;
      if (isInExperiment(live)) throw new Error(heldBy(state.key, live, "was not deleted"));
      const others = (live.tags ?? []).filter((tag) => tag.startsWith("code:") && tag !== stackTag(state));
      if (others.length === 0) {
        await api.changeFlag(id, { deleted: true });
        return;
      }
      tell(`the flag ${state.key} stays in PostHog: ${others.join(", ")} of another stack has it, too`);
      await api.changeFlag(id, { tags: (live.tags ?? []).filter((tag) => tag !== stackTag(state)) });
    },
  });

/** The flag with exactly this key, which is unique among those that are not deleted. */
const find = async ({ api }: Connection, key: string): Promise<LiveFlag | undefined> =>
  (await api.findFlags(key)).find((flag) => flag.key === key && !flag.deleted);

/** Writes what differs, unless an experiment or a scheduled change has a say in it. */
async function change(
  { api, overview, tell }: Connection,
  news: FeatureFlagInputs,
  live: LiveFlag,
  withoutTags = false,
): Promise<LiveFlag> {
  const id = String(live.id);
  const changes = flagChanges(news, live, withoutTags);
  const scheduled = fightingChanges(id, news, await overview.scheduledChanges());
  const refusal = whyNotWritten(news, live, changes, scheduled);
  if (refusal !== undefined) throw new Error(refusal);
  if (scheduled.length > 0) tell(scheduledWords(news, scheduled));
  return Object.keys(changes).length > 0 ? api.changeFlag(id, changes) : live;
}

/** Address of the flag in PostHog. */
export const flagUrl = ({ host, projectId }: Connection, { id }: LiveFlag): string =>
  `${host}/project/${projectId}/feature_flags/${id}`;

const outputsOf = (connection: Connection, live: LiveFlag): FeatureFlagOutputs => ({
  url: flagUrl(connection, live),
  withoutTags: (live.tags?.length ?? 0) === 0 ? true : undefined,
});
