import type { DuckDBAppender, DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import type { PropertyOf } from "../plan.ts";
import type { Micros } from "../time/wall.ts";
import type { StoredEvent } from "./event.ts";
import { timestampMicros } from "./event.ts";
import { PropertyIndex } from "./properties.ts";
import type { PropertyType, PropertyTypes } from "./property-types.ts";
import { ChunkWriter } from "./writer.ts";

export interface EventTableOptions {
  /** Types of properties, as PostHog's definitions have them. Default: detected from the first value, as PostHog does. */
  readonly propertyTypes?: PropertyTypes;
  /**
   * Whether the table holds, or will hold, all events ever. When it does not, "first time" is unknown and is refused.
   * Default: complete.
   */
  readonly history?: "complete" | "partial";
}

interface Database {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly appender: DuckDBAppender;
}

/**
 * Events in DuckDB: one row an event, properties as JSON, which queries read only on the rows they need. Persons and
 * names of events are numbers; their dictionaries are the part of the memory that grows with the number of people.
 */
export class EventTable {
  readonly #database: Database;
  readonly #writer: ChunkWriter;
  readonly #cleanUp: () => void;
  readonly #names = new Dictionary();
  readonly #people = new Dictionary();
  readonly #distinctIds = new Dictionary();
  /** Person of each mapped distinct id, both as numbers. */
  readonly #personOf = new Map<number, number>();
  readonly #properties: PropertyIndex;
  readonly #idle: DuckDBConnection[] = [];
  readonly #busy = new Set<DuckDBConnection>();
  #underWay = 0;
  readonly #released = Promise.withResolvers<void>();
  readonly hasAllHistory: boolean;
  #size = 0;
  #isClosed = false;

  constructor(database: Database, options: EventTableOptions, cleanUp: () => void) {
    this.#database = database;
    this.#writer = new ChunkWriter(database.appender);
    this.#cleanUp = cleanUp;
    this.#properties = new PropertyIndex(options.propertyTypes ?? {});
    this.hasAllHistory = options.history !== "partial";
  }

  /** Number of events. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds events; later queries see them. Events of the same instant keep the order in which they are given, which
   * decides where PostHog leaves it to its storage.
   * @throws RangeError for a timestamp that is no time; the events before it are in the table.
   */
  append(events: Iterable<StoredEvent>): void {
    try {
      for (const event of events) this.#add(event);
    } finally {
      this.#writer.flush();
    }
  }

  /** Sets the person of a distinct id, also for existing events, as PostHog does when it merges people. */
  async mapPersons(persons: Iterable<readonly [distinctId: string, personId: string]>): Promise<void> {
    const changed: string[] = [];
    for (const [distinctId, personId] of persons) {
      const id = this.#distinctIds.idOf(distinctId);
      const person = this.#people.idOf(personId);
      if (this.#personOf.get(id) === person) continue;
      this.#personOf.set(id, person);
      changed.push(`(${id}, ${person})`);
    }
    if (changed.length === 0 || this.#size === 0) return;
    const sql = `
      UPDATE events SET person = changed.person
      FROM (VALUES ${changed.join(", ")}) AS changed(distinct_id, person)
      WHERE events.distinct_id = changed.distinct_id`;
    await this.#whileOpen(() => this.#database.connection.run(sql));
  }

  /** The number of an event's name in the column `event`; undefined when there is no such event. */
  eventNumber(name: string): number | undefined {
    return this.#names.find(name);
  }

  propertyType(of: PropertyOf, key: string): PropertyType | undefined {
    return this.#properties.typeOf(of, key);
  }

  isTypeGuess(of: PropertyOf, key: string): boolean {
    return this.#properties.isGuess(of, key);
  }

  wasEverEmpty(of: PropertyOf, key: string): boolean {
    return this.#properties.wasEmpty(of, key);
  }

  get hasPersonProperties(): boolean {
    return this.#properties.hasAny("person");
  }

  /** All rows of a result; several queries run at the same time. */
  async query(sql: string): Promise<DuckDBValue[][]> {
    return this.#withConnection(async (connection) => (await connection.runAndReadAll(sql)).getRows());
  }

  /** A result in chunks of columns, so that a long one is never in memory as a whole. */
  async stream(sql: string, onColumns: (columns: readonly DuckDBValue[][]) => void): Promise<void> {
    await this.#withConnection(async (connection) => {
      const result = await connection.stream(sql);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        onColumns(chunk.getColumns());
      }
    });
  }

  /**
   * Frees memory and threads. Running queries are cancelled first. Await it before a worker thread ends: DuckDB aborts
   * the whole process when a result arrives in a thread that has ended.
   */
  close(): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      for (const connection of this.#busy) connection.interrupt();
      this.#releaseWhenIdle();
    }
    return this.#released.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #add(stored: StoredEvent): void {
    const micros: Micros = timestampMicros(stored);
    const { properties = {}, person_properties: personProperties } = stored;
    const distinctId = this.#distinctIds.idOf(stored.distinct_id);
    const person = this.#personOf.get(distinctId) ?? this.#people.idOf(stored.person_id ?? stored.distinct_id);
    this.#properties.note("event", properties, micros / 1_000_000);
    if (personProperties !== undefined) this.#properties.note("person", personProperties, micros / 1_000_000);
    const json = storedJson(properties);
    const personJson = personProperties === undefined ? null : storedJson(personProperties);
    this.#writer.add({
      event: this.#names.idOf(stored.event),
      person,
      distinctId,
      timestamp: BigInt(micros),
      properties: json,
      personProperties: personJson,
      escapes: json.includes("\\") || personJson?.includes("\\") === true,
    });
    this.#size += 1;
  }

  async #withConnection<Result>(use: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    return this.#whileOpen(async () => {
      const connection = this.#idle.pop() ?? (await this.#database.instance.connect());
      this.#busy.add(connection);
      try {
        return await use(connection);
      } finally {
        this.#busy.delete(connection);
        this.#idle.push(connection);
      }
    });
  }

  async #whileOpen<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new Error("The table of events is closed. Await the answers before closing it.");
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#isClosed) this.#releaseWhenIdle();
    }
  }

  /** DuckDB crashes when it is closed during a query. */
  #releaseWhenIdle(): void {
    if (this.#underWay > 0) return;
    this.#writer.close();
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#database.connection.closeSync();
    this.#database.instance.closeSync();
    this.#cleanUp();
    this.#released.resolve();
  }
}

/** Numbers for repeated texts: event names and persons. */
class Dictionary {
  readonly #ids = new Map<string, number>();

  /** The text's number; a new text gets a new number. */
  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }

  find(text: string): number | undefined {
    return this.#ids.get(text);
  }
}

/** An escaped lone surrogate, which JSON.stringify writes only for an incomplete pair. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A value as JSON that DuckDB reads. A lone surrogate becomes U+FFFD, as in PostHog: it would make every query fail.
 */
function storedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes("\\ud") ? json.replaceAll(loneSurrogate, "$1\ufffd") : json;
}
