import { own } from "../../../model/json.ts";
import { hasStatus, Incomplete } from "../../kernel/errors.ts";
import { makeOnce } from "../../kernel/lost.ts";
import type { LiveEventDefinition, LivePropertyGroup } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { groupChanges, groupFields, isMarked, unsupportedBy } from "./fields.ts";
import {
  type Aspect,
  type EventSchemaInputs,
  type EventSchemasInputs,
  type EventSchemasOutputs,
  type EventSchemasState,
  groupNameOf,
} from "./inputs.ts";
import { findSchemas, groupOf, joinOf, type LiveSchemas } from "./live.ts";

export interface SyncTask {
  connection: Connection;
  id: string;
  news: EventSchemasInputs;
  olds?: EventSchemasState;
  /** Whether another resource of the stack holds this event's group: then it stays. Default: none does. */
  isHeldByAnother?: (event: string) => boolean;
}

/**
 * Makes the live schemas as the catalog says: three lists, then one write for each group, join and definition that differs.
 * @throws Incomplete with all that is known when one of the writes fails
 */
export async function syncSchemas({
  connection,
  id,
  news,
  olds,
  isHeldByAnother = () => false,
}: SyncTask): Promise<EventSchemasOutputs> {
  const known = Object.keys({ ...olds?.groups, ...olds?.events });
  const leaving = known.filter((event) => !Object.hasOwn(news.events, event) && !isHeldByAnother(event));
  const live = await findSchemas(connection, [...Object.keys(news.events), ...leaving]);
  if (!live) {
    const { host, projectId, tell } = connection;
    if (olds?.isAvailable !== false)
      tell(
        `${host} has no schemas of events for personal API keys (an older release of PostHog): project ${projectId} gets none`,
      );
    return { isAvailable: false, groups: olds?.groups ?? {}, adopted: olds?.adopted ?? [], unsupported: [] };
  }
  return new Sync({ connection, id, news, olds, live }).run(leaving);
}

interface Task {
  connection: Connection;
  id: string;
  news: EventSchemasInputs;
  olds: EventSchemasState | undefined;
  live: LiveSchemas;
}

class Sync {
  readonly #task: Task;
  readonly #groups: Record<string, string>;
  readonly #adopted: Set<string>;
  readonly #seen: LivePropertyGroup[];
  readonly #undefined: string[] = [];

  constructor(task: Task) {
    this.#task = task;
    this.#groups = { ...task.olds?.groups };
    this.#adopted = new Set(task.olds?.adopted);
    this.#seen = Object.keys(task.news.events).flatMap((event) => this.#groupOf(event) ?? []);
  }

  async run(leaving: readonly string[]): Promise<EventSchemasOutputs> {
    const { id, news } = this.#task;
    const steps = [
      ...Object.entries(news.events).map((entry) => this.#define(...entry)),
      ...leaving.map((event) => this.#leave(event)),
    ];
    const failed = (await Promise.allSettled(steps)).find((step) => step.status === "rejected");
    if (failed) throw new Incomplete(id, this.#outputs(), failed.reason);
    if (this.#undefined.length > 0)
      throw new Incomplete(
        id,
        this.#outputs(),
        `PostHog has no definition of ${this.#undefined.sort().join(", ")}, so that nothing can be joined to it: \`pulumi up --refresh\` makes it`,
      );
    this.#tell();
    return this.#outputs();
  }

  #outputs(): EventSchemasOutputs {
    const isKnown = (event: string) => Object.hasOwn(this.#groups, event);
    return {
      isAvailable: true,
      groups: { ...this.#groups },
      adopted: [...this.#adopted].filter(isKnown).sort(),
      unsupported: this.#unsupported(),
    };
  }

  #unsupported(): Aspect[] {
    const { live, olds } = this.#task;
    return unsupportedBy(this.#seen, live.definitions, olds?.unsupported);
  }

  #groupOf(event: string): LivePropertyGroup | undefined {
    const { live, news, olds } = this.#task;
    return groupOf(event, live, { managedBy: news.managedBy, groups: olds?.groups });
  }

  async #define(event: string, schema: EventSchemaInputs): Promise<void> {
    const { connection, live, news } = this.#task;
    const { api, tell } = connection;
    const found = this.#groupOf(event);
    const group = found ?? (await this.#make(event, schema));
    const isKnown = own(this.#groups, event) === group.id;
    this.#groups[event] = group.id;
    if (found) {
      if (!isKnown && !isMarked(found, news.managedBy)) this.#adopted.add(event);
      const changes = groupChanges(event, schema, news.managedBy, found, this.#unsupported());
      if (Object.keys(changes).length > 0) {
        this.#seen.push(await api.changePropertyGroup(group.id, changes));
        if (this.#adopted.has(event) && !isKnown)
          tell(`PostHog had a property group "${found.name}": it is written over, and stays when the schema goes`);
      }
    } else this.#adopted.delete(event);
    const definition = live.definitions.get(event);
    if (!definition) {
      this.#undefined.push(event);
      return;
    }
    if (!joinOf(group, definition, live)) await this.#join(group, definition);
    const mode = definition.enforcement_mode;
    if (mode !== undefined && mode !== schema.enforcement)
      await api.changeEventDefinition(definition.id, { enforcement_mode: schema.enforcement });
  }

  async #make(event: string, schema: EventSchemaInputs): Promise<LivePropertyGroup> {
    const { connection, news } = this.#task;
    const { api, clock } = connection;
    const name = groupNameOf(event, news.managedBy);
    const made = await makeOnce(
      () => api.createPropertyGroup(groupFields(event, schema, news.managedBy)),
      async () => (await api.propertyGroups())?.find((group) => group.name === name),
      clock,
    );
    this.#seen.push(made);
    return made;
  }

  async #join(group: LivePropertyGroup, definition: LiveEventDefinition): Promise<void> {
    const { api, clock } = this.#task.connection;
    const find = async () => joinOf(group, definition, { joins: (await api.eventSchemas()) ?? [] });
    try {
      await makeOnce(
        () => api.createEventSchema({ event_definition: definition.id, property_group_id: group.id }),
        find,
        clock,
      );
    } catch (error) {
      // Somebody joined them between the list and this request.
      if (!hasStatus(error, 400) || !(await find())) throw error;
    }
  }

  /** Removes what was made for an event; a group that other events have, and one that was there before, only leaves this one. */
  async #leave(event: string): Promise<void> {
    const { connection, live, news } = this.#task;
    const { api, tell } = connection;
    const group = this.#groupOf(event);
    const definition = live.definitions.get(event);
    if (definition) await this.#allow(definition, group);
    if (group) {
      const others = live.joins.filter(
        (one) => one.property_group.id === group.id && one.event_definition !== definition?.id,
      );
      if (others.length === 0 && !this.#adopted.has(event)) await api.deletePropertyGroup(group.id);
      else {
        const join = joinOf(group, definition, live);
        if (join) await api.deleteEventSchema(join.id);
        if (isMarked(group, news.managedBy)) await api.changePropertyGroup(group.id, { description: "" });
        tell(
          `the property group "${group.name}" stays in PostHog: ${others.length > 0 ? `${others.length === 1 ? "another event has" : `${others.length} other events have`} it, too` : "it was there before"}`,
        );
      }
    }
    delete this.#groups[event];
    this.#adopted.delete(event);
  }

  /** PostHog's default again, unless groups of others are enforced, too. */
  async #allow(definition: LiveEventDefinition, group: LivePropertyGroup | undefined): Promise<void> {
    const { connection, live } = this.#task;
    if (definition.enforcement_mode !== "reject") return;
    const others = live.joins.filter(
      (one) => one.event_definition === definition.id && one.property_group.id !== group?.id,
    );
    if (others.length === 0) await connection.api.changeEventDefinition(definition.id, { enforcement_mode: "allow" });
    else
      connection.tell(
        `PostHog still refuses events ${definition.name} that are not as its other property groups say: ${others.map((one) => one.property_group.name).join(", ")}`,
      );
  }

  /** What this PostHog does not keep, unless it was known before. */
  #tell(): void {
    const { connection, news, olds } = this.#task;
    const { host, tell } = connection;
    const isNew = (aspect: Aspect) =>
      this.#unsupported().includes(aspect) && !(olds?.unsupported ?? []).includes(aspect);
    const schemas = Object.values(news.events);
    const hasRules = schemas.some(({ properties }) => Object.values(properties).some(({ rules }) => rules));
    if (isNew("rules") && hasRules)
      tell(`${host} keeps no rules of properties (an older release of PostHog): their values are not written`);
    if (isNew("enforcement") && schemas.some(({ enforcement }) => enforcement === "reject"))
      tell(`${host} refuses no events (an older release of PostHog): all are taken in, whatever their schema says`);
  }
}
