import type { dynamic } from "@pulumi/pulumi";
import type { IsHeldByAnother } from "../../kernel/holdings.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { PostHogConnections } from "../settings.ts";
import { reflectSchemas, unsupportedBy } from "./fields.ts";
import {
  type EventSchemasInputs,
  type EventSchemasOutputs,
  type EventSchemasState,
  eventSchemasInputs,
  groupNameOf,
} from "./inputs.ts";
import { findSchemas, groupOf } from "./live.ts";
import { syncSchemas } from "./sync.ts";

/** The schemas of a catalog's events. Its id is the project's number, because it is no object of its own. */
export const eventSchemasProvider = ({ configure, connect }: PostHogConnections): dynamic.ResourceProvider =>
  dynamicProvider<EventSchemasInputs, EventSchemasOutputs>({
    inputs: eventSchemasInputs,
    identity: ["projectId"],
    configure,

    async create(news) {
      const id = String(news.projectId);
      return { id, outputs: await syncSchemas({ connection: connect(news.projectId), id, news }) };
    },

    async read(_id, state) {
      const live = await findSchemas(connect(state.projectId), Object.keys(state.events));
      // Schemas that were there are not as the state says; those that never were are.
      if (!live) return { inputs: state.isAvailable ? { ...state, events: {} } : state, outputs: state };
      const groups = Object.keys({ ...state.events, ...state.groups }).flatMap((event) => {
        const group = groupOf(event, live, state);
        return group ? [[event, group] as const] : [];
      });
      const found = groups.map(([, group]) => group);
      const unsupported = unsupportedBy(found, live.definitions, state.unsupported);
      return {
        inputs: { ...state, events: reflectSchemas(state, live, unsupported) },
        outputs: {
          isAvailable: true,
          groups: Object.fromEntries(groups.map(([event, { id }]) => [event, id])),
          adopted: (state.adopted ?? []).filter((event) => groups.some(([one]) => one === event)),
          unsupported,
        },
      };
    },

    update: (id, olds, news, isHeldByAnother) =>
      syncSchemas({
        connection: connect(news.projectId),
        id,
        olds,
        news,
        isHeldByAnother: heldEvents(news, isHeldByAnother),
      }),

    holds: (_id, state) => Object.keys(state.events).map((event) => groupNameOf(event, state.managedBy)),

    /** Removes what was made here; the definitions of the events stay. */
    async delete(id, state: EventSchemasState, isHeldByAnother) {
      const connection = connect(state.projectId);
      const news = { ...state, events: {} };
      await syncSchemas({
        connection,
        id,
        olds: state,
        news,
        isHeldByAnother: heldEvents(state, isHeldByAnother),
      });
    },
  });

const heldEvents =
  ({ managedBy }: EventSchemasInputs, isHeldByAnother: IsHeldByAnother) =>
  (event: string): boolean =>
    isHeldByAnother(groupNameOf(event, managedBy));
