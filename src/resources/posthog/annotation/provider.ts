import type { dynamic } from "@pulumi/pulumi";
import { makeOnce } from "../../kernel/lost.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveAnnotation } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { type AnnotationInputs, type AnnotationOutputs, annotationInputs } from "./inputs.ts";
import { contentOf, isOwn, marksRelease, ownMark } from "./words.ts";

/** Id of a mark that was not created, because there is no release. */
const none = "none";

type Marked = AnnotationInputs & { release: string };
const isMarked = (inputs: AnnotationInputs): inputs is Marked => inputs.release !== undefined;

/** The mark of a release on PostHog's charts. Its id is the annotation's number. */
export const annotationProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<AnnotationInputs, AnnotationOutputs>({
    inputs: annotationInputs,
    identity: ["projectId", "release"],
    configure,

    async create(news) {
      const connection = connect(news.projectId);
      if (!isMarked(news)) return { id: none, outputs: outputsOf(connection) };
      // An earlier run may have created it and ended before the state was saved.
      const live = (await find(connection, news)) ?? (await make(connection, news));
      return { id: String(live.id), outputs: outputsOf(connection, live) };
    },

    async read(id, state) {
      const connection = connect(state.projectId);
      if (id === none || !isMarked(state)) return { inputs: state, outputs: outputsOf(connection) };
      const live = await connection.api.annotation(id);
      if (!live || live.deleted) return undefined;
      const { rewrittenByHand: _, ...said } = state;
      const isRewritten = !marksRelease(live, state);
      return {
        inputs: { ...said, ...(isRewritten ? { rewrittenByHand: live.content ?? "" } : {}) },
        outputs: outputsOf(connection, live),
      };
    },

    async update(id, _olds, news) {
      const connection = connect(news.projectId);
      if (id === none || !isMarked(news)) return outputsOf(connection);
      // A PATCH also reaches one that was deleted by hand: it is restored.
      const live = await connection.api.changeAnnotation(id, { content: contentOf(news), deleted: false });
      if (live) return outputsOf(connection, live);
      throw new Error(
        `the annotation of release ${news.release} is gone from PostHog: \`pulumi up --refresh\` makes it again`,
      );
    },

    /**
     * PostHog answers 405 to DELETE; a deleted one can be restored. An annotation that does not exist counts as
     * deleted.
     */
    async delete(id, { projectId }) {
      if (id !== none) await connect(projectId).api.changeAnnotation(id, { deleted: true });
    },
  });

const make = async (connection: Connection, news: Marked): Promise<LiveAnnotation> => {
  const { api, clock } = connection;
  const at = new Date(clock.now()).toISOString();
  const body = { content: contentOf(news), date_marker: at, scope: "project", creation_type: "GIT" };
  return makeOnce(
    () => api.createAnnotation(body),
    () => find(connection, news),
    clock,
  );
};

/**
 * The mark of this release, if it is the latest that the stack created. A release that returns after another one (a
 * roll-back) is marked again.
 */
async function find({ api }: Connection, news: Marked): Promise<LiveAnnotation | undefined> {
  const newest = (await api.newestAnnotations(ownMark(news))).find((one) => !one.deleted && isOwn(one, news));
  return newest && marksRelease(newest, news) ? newest : undefined;
}

const outputsOf = ({ host, projectId }: Connection, live?: LiveAnnotation): AnnotationOutputs => ({
  url: `${host}/project/${projectId}/data-management/annotations`,
  at: live?.date_marker ?? undefined,
});
