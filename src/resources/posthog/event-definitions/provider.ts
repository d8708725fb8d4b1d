import type { dynamic } from "@pulumi/pulumi";
import type { IsHeldByAnother } from "../../kernel/holdings.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { PostHogConnections } from "../settings.ts";
import { findDefinitions } from "./find.ts";
import {
  type EventDefinitionsInputs,
  type EventDefinitionsOutputs,
  type EventDefinitionsState,
  eventDefinitionsInputs,
} from "./inputs.ts";
import { reflectEvents, unsupportedBy } from "./reflect.ts";
import { definitionsUrl, syncDefinitions } from "./sync.ts";

/**
 * A catalog of events in PostHog's data management. Its id is the project's number, because it is no object of its own.
 */
export const eventDefinitionsProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<EventDefinitionsInputs, EventDefinitionsOutputs>({
    inputs: eventDefinitionsInputs,
    identity: ["projectId"],
    configure,

    async create(news) {
      const id = String(news.projectId);
      return { id, outputs: await syncDefinitions({ connection: connect(news.projectId), id, news }) };
    },

    async read(_id, state) {
      const connection = connect(state.projectId);
      const live = await findDefinitions(connection, [
        ...Object.keys(state.events),
        ...Object.keys(state.leaving ?? {}),
      ]);
      const isLive = (name: string) => live.has(name);
      return {
        inputs: { ...state, events: reflectEvents(state, live) },
        outputs: {
          url: definitionsUrl(connection),
          adopted: (state.adopted ?? []).filter(isLive),
          ownerless: state.ownerless ?? [],
          leaving: Object.fromEntries(Object.entries(state.leaving ?? {}).filter(([name]) => isLive(name))),
          unsupported: unsupportedBy(live, state.unsupported),
        },
      };
    },

    update: (id, olds, news, isHeldByAnother) =>
      syncDefinitions({
        connection: connect(news.projectId),
        id,
        olds,
        news,
        isHeldByAnother: heldEvents(id, isHeldByAnother),
      }),

    holds: (id, { events }) => Object.keys(events).map((name) => eventThing(id, name)),

    /** Removes what was set here; the events themselves belong to PostHog. */
    async delete(id, state: EventDefinitionsState, isHeldByAnother) {
      const news = { ...state, events: {} };
      const connection = connect(state.projectId);
      await syncDefinitions({ connection, id, olds: state, news, isHeldByAnother: heldEvents(id, isHeldByAnother) });
    },
  });

const eventThing = (projectId: string, name: string): string => `${projectId}/${name}`;

const heldEvents =
  (projectId: string, isHeldByAnother: IsHeldByAnother): ((name: string) => boolean) =>
  (name) =>
    isHeldByAnother(eventThing(projectId, name));
