import type { dynamic } from "@pulumi/pulumi";
import { type FilterNode, saved } from "../../../model/posthog/event-filter.ts";
import { Incomplete } from "../../kernel/errors.ts";
import { type JsonObject, sameJson } from "../../kernel/json.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveEventFilter } from "../answers.ts";
import type { Connection, PostHogConnections } from "../settings.ts";
import { type EventFilterInputs, type EventFilterOutputs, eventFilterInputs } from "./inputs.ts";

/** The project's only event filter. Its id is the project's number: PostHog makes it at the first write, and deletes none. */
export const eventFilterProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<EventFilterInputs, EventFilterOutputs>({
    inputs: eventFilterInputs,
    identity: ["projectId"],
    configure,

    async create(given) {
      const news = eventFilterInputs.parse(given);
      const connection = connect(news.projectId);
      return { id: String(news.projectId), outputs: await sync(connection, news, tellBefore(connection)) };
    },

    async read(_id, state) {
      const live = await connect(state.projectId).api.eventFilter();
      if (live === "no event filters") {
        // One that was there is not as the state says; one that never was is.
        const { mode: _, ...left } = state;
        return { inputs: state.isAvailable ? (left as unknown as EventFilterInputs) : state, outputs: state };
      }
      return { inputs: { projectId: state.projectId, ...reflect(state, live) }, outputs: { isAvailable: true } };
    },

    update(_id, _olds, given) {
      const news = eventFilterInputs.parse(given);
      return sync(connect(news.projectId), news);
    },

    /** PostHog deletes no filter (PostHog/posthog#62507): it is switched off, and its tree stays for whoever switches it on. */
    async delete(_id, { projectId }) {
      const { api, tell } = connect(projectId);
      const live = await api.eventFilter();
      if (live === "no event filters" || live === undefined || live.mode === "disabled") return;
      await api.changeEventFilter({ mode: "disabled" });
      tell(`PostHog cannot delete the event filter of project ${projectId}: it was switched off`);
    },
  });

/** Writes what differs, in one request, and compares the answer. */
async function sync(
  { api, host, projectId, tell }: Connection,
  news: EventFilterInputs,
  onFound: (live: LiveEventFilter) => void = () => {},
): Promise<EventFilterOutputs> {
  const live = await api.eventFilter();
  if (live === "no event filters") {
    tell(
      `${host} has no event filters (an older release of PostHog, or not rolled out yet): project ${projectId} takes in every event`,
    );
    return { isAvailable: false };
  }
  const outputs = { isAvailable: true };
  const body = changesOf(news, live);
  if (Object.keys(body).length === 0) return outputs;
  if (live) onFound(live);
  const after = reflect(news, await api.changeEventFilter(body));
  const ignored = names.filter((name) => !sameJson(after[name], news[name]));
  if (ignored.length > 0)
    throw new Incomplete(
      String(projectId),
      outputs,
      `PostHog accepted the event filter of project ${projectId} and did not take its ${ignored.join(" and ")}`,
    );
  return outputs;
}

const names = ["mode", "tree", "testCases"] as const;
type Filter = Pick<EventFilterInputs, (typeof names)[number]>;

/** The live filter in the definition's terms. A project without a filter has one that is switched off and empty. */
function reflect(defined: Filter, live: LiveEventFilter | undefined): Filter {
  const tree = (live?.filter_tree ?? { type: "or", children: [] }) as FilterNode;
  return {
    mode: (live?.mode ?? "disabled") as Filter["mode"],
    // PostHog takes out empty groups and those of one child: that is the same tree.
    tree: sameJson(saved(tree), saved(defined.tree)) ? defined.tree : tree,
    testCases: (live?.test_cases ?? []) as Filter["testCases"],
  };
}

/** PostHog tries the test cases on the tree at each write, so that the two are written together. */
export function changesOf(news: Filter, live: LiveEventFilter | undefined): JsonObject {
  const found = reflect(news, live);
  const differs = (name: (typeof names)[number]) => !sameJson(found[name], news[name]);
  return {
    ...(differs("mode") && { mode: news.mode }),
    ...((differs("tree") || differs("testCases")) && { filter_tree: news.tree, test_cases: news.testCases }),
  } as unknown as JsonObject;
}

/** A filter that somebody made is overwritten once: what it was is said, so that it can be put back. */
const tellBefore =
  ({ tell, projectId }: Connection) =>
  (live: LiveEventFilter): void =>
    tell(`PostHog's project ${projectId} had another event filter: ${filterWords(live)}`);

/** A live filter as somebody needs it who puts it back. */
export const filterWords = ({ mode, filter_tree: tree }: LiveEventFilter): string =>
  `mode ${mode}, ${tree ? `tree ${JSON.stringify(tree)}` : "no tree"}`;
