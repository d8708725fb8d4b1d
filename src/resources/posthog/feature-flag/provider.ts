import type { dynamic } from "@pulumi/pulumi";
import type { JsonObject } from "../../kernel/json.ts";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveFlag } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { marksOf, stackTag } from "../tags.ts";
import { decidingFields, flagBody, flagChanges } from "./fields.ts";
import { type FeatureFlagInputs, type FeatureFlagOutputs, featureFlagInputs } from "./inputs.ts";
import { experimentsOf, isInExperiment, reflectFlag } from "./reflect.ts";
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
        refuseOthers(news, existing);
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
  const deciding = decidingFields(changes);
  const scheduled = fightingChanges(id, news, await overview.scheduledChanges());
  if (deciding.length > 0 && isInExperiment(live)) throw new Error(heldBy(news.key, live, differingIn(deciding)));
  if (scheduled.length > 0) {
    const what = `PostHog is to change the flag ${news.key}: ${scheduled.join("; ")}`;
    if (deciding.length > 0)
      throw new Error(
        `${what}. It was not written (it differs in ${deciding.join(", ")}): delete the scheduled change in PostHog, or wait for it and write here what it makes`,
      );
    tell(what);
  }
  return Object.keys(changes).length > 0 ? api.changeFlag(id, changes) : live;
}

const differingIn = (fields: readonly string[]): string => `was not written (it differs in ${fields.join(", ")})`;

const heldBy = (key: string, live: LiveFlag, outcome: string): string =>
  `the flag ${key} ${outcome}: it is used by the experiment ${experimentsOf(live).join(", ")}. End the experiment in PostHog, or write here what is there`;

/**
 * A flag that another made and that gives somebody another value is not overwritten: apps already ask for it.
 * @throws Error that names each difference
 */
function refuseOthers(news: FeatureFlagInputs, live: LiveFlag): void {
  const isOurs = marksOf(news).every((tag) => live.tags?.includes(tag));
  const fields = isOurs ? [] : decidingFields(flagChanges(news, live, true));
  if (fields.length === 0) return;
  const shown = reflectFlag({ ...news, url: "" }, live, []);
  const { active, rules, variants, setByHand } = shown;
  throw new Error(
    `PostHog already has a flag ${news.key} (number ${live.id}), which this stack did not make and which differs in ${fields.join(", ")}. It was not changed. To take it over, write it in the catalog as it is: ${JSON.stringify({ active, rules, variants, setByHand } satisfies Record<string, unknown> as JsonObject)}; to have another one, give it another key`,
  );
}

const outputsOf = ({ host, projectId }: Connection, live: LiveFlag): FeatureFlagOutputs => ({
  url: `${host}/project/${projectId}/feature_flags/${live.id}`,
  withoutTags: (live.tags?.length ?? 0) === 0 ? true : undefined,
});
