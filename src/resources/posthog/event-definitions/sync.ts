import { own } from "../../../model/json.ts";
import { hasStatus, Incomplete } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import type { LiveEventDefinition } from "../answers.ts";
import { memberNumbers } from "../members.ts";
import type { Connection } from "../settings.ts";
import { definitionChanges, definitionFields, isOnlyOurs, isOwned, unsetFields, type Writing } from "./fields.ts";
import { findDefinitions } from "./find.ts";
import type { EventDefinitionsInputs, EventDefinitionsOutputs, EventDefinitionsState, EventInputs } from "./inputs.ts";
import { type LiveDefinitions, unsupportedBy } from "./reflect.ts";
import { Writer } from "./writer.ts";

export interface SyncTask {
  connection: Connection;
  id: string;
  news: EventDefinitionsInputs;
  olds?: EventDefinitionsState;
  /** Whether another catalog of the stack describes this event: then nothing is removed from it. Default: none does. */
  isHeldByAnother?: (name: string) => boolean;
}

export const definitionsUrl = ({ host, projectId }: Connection): string =>
  `${host}/project/${projectId}/data-management/events`;

/**
 * Updates the live definitions to match the catalog: one list, then one write for each event that differs, all in
 * parallel.
 * @throws Incomplete with all that is known when one of the writes fails
 */
export async function syncDefinitions(task: SyncTask): Promise<EventDefinitionsOutputs> {
  const { connection, id, news, olds } = task;
  // What could not be removed stays in the state: the next `up` tries again.
  const leaving = leavingEvents(task);
  const live = await findDefinitions(connection, [...Object.keys(news.events), ...Object.keys(leaving)]);
  const writer = new Writer(connection, unsupportedBy(live, olds?.unsupported));
  const adopted = new Set(olds?.adopted);
  const ownerless = new Set(olds?.ownerless);
  const outputs = (): EventDefinitionsOutputs => ({
    url: definitionsUrl(connection),
    adopted: [...adopted].filter((name) => Object.hasOwn(news.events, name) || Object.hasOwn(leaving, name)).sort(),
    ownerless: [...ownerless].filter((name) => Object.hasOwn(news.events, name)).sort(),
    leaving: { ...leaving },
    unsupported: writer.unsupported,
  });

  const say = async ([name, event]: [string, EventInputs], owners: ReadonlyMap<string, number>): Promise<void> => {
    const writing: Writing = { ...news, owner: ownerOf(event, owners), isSupported: writer.isSupported };
    const found = live.get(name) ?? (await make(connection, writer, { name, event, writing }));
    if (found) {
      const known = own(olds?.events, name);
      const before = olds && known && { ...olds, event: known };
      const changes = definitionChanges(event, found, writing, before);
      // An identical definition was created here, by a run that ended before it saved the state.
      const isOwn = changes.description === undefined && isOnlyOurs(event, found, news);
      if (!before && !found.last_seen_at && !isOwn) adopted.add(name);
      if (Object.keys(changes).length > 0) await writer.change(found.id, changes);
    }
    if (writing.owner !== undefined || (found && isOwned(event, found))) ownerless.delete(name);
    else ownerless.add(name);
  };
  const leave = async ([name, event]: [string, EventInputs]): Promise<void> => {
    const found = live.get(name);
    const owned = olds ?? news;
    if (found && isOnlyOurs(event, found, owned) && !adopted.has(name)) {
      await connection.api.deleteEventDefinition(found.id);
    } else if (found) {
      const changes = unsetFields(event, found, owned);
      if (Object.keys(changes).length > 0) await writer.change(found.id, changes);
    }
    delete leaving[name];
  };

  try {
    const owners = await ownersFor(news, live, connection, writer);
    const steps = [
      ...Object.entries(news.events).map((entry) => say(entry, owners)),
      ...Object.entries(leaving).map(leave),
    ];
    const failures = (await Promise.allSettled(steps)).filter((step) => step.status === "rejected");
    if (failures[0]) throw failures[0].reason;
  } catch (error) {
    throw new Incomplete(id, outputs(), error);
  }
  writer.tellSince(olds?.unsupported ?? []);
  return outputs();
}

/** Events that are no longer in the catalog, with the values that were set for them. */
function leavingEvents({ news, olds, isHeldByAnother = () => false }: SyncTask): Record<string, EventInputs> {
  const all = Object.entries({ ...olds?.leaving, ...olds?.events });
  return Object.fromEntries(all.filter(([name]) => !Object.hasOwn(news.events, name) && !isHeldByAnother(name)));
}

interface Making {
  name: string;
  event: EventInputs;
  writing: Writing;
}

/** Undefined when it was created with all its fields; an existing one is returned, to be completed. */
async function make(
  { api, clock }: Connection,
  writer: Writer,
  { name, event, writing }: Making,
): Promise<LiveEventDefinition | undefined> {
  try {
    return await makeOnce<LiveEventDefinition | undefined>(
      async () => void (await writer.create(name, definitionFields(event, writing))),
      () => api.eventDefinitionNamed(name),
      clock,
    );
  } catch (error) {
    // Its event arrived between the list and this request.
    const found = hasStatus(error, 400) ? await api.eventDefinitionNamed(name) : undefined;
    if (!found) throw error;
    return found;
  }
}

/** Ids (numbers) of members by their addresses; not requested when no event has an owner. */
async function ownersFor(
  news: EventDefinitionsInputs,
  live: LiveDefinitions,
  connection: Connection,
  writer: Writer,
): Promise<ReadonlyMap<string, number>> {
  const isWanted = ([name, event]: [string, EventInputs]) => {
    const found = live.get(name);
    return (event.owners ?? []).length > 0 && !(found && isOwned(event, found));
  };
  if (!writer.isSupported("owner") || !Object.entries(news.events).some(isWanted)) return new Map();
  return memberNumbers(connection);
}

const ownerOf = ({ owners }: EventInputs, numbers: ReadonlyMap<string, number>): number | undefined =>
  owners?.map((email) => numbers.get(email.toLowerCase())).find((number) => number !== undefined);
