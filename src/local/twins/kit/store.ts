import { DatabaseSync, type SQLInputValue } from "node:sqlite";

export interface Collection<T extends { id: string | number }> {
  /** A number that this collection has never given before, also after a restart from its file. */
  nextId(): number;
  get(id: T["id"]): T | null;
  /** Writes the document, new or not; its place in `all` stays. */
  put(document: T): T;
  delete(id: T["id"]): boolean;
  /** All documents, oldest first. */
  all(): T[];
  /** Documents whose indexed top-level field equals the value, oldest first. */
  where(field: keyof T & string, value: string | number): T[];
  /** For numbered documents: those made after the one with this id, oldest first. */
  after(id: number): T[];
  count(): number;
}

export interface Store {
  /** A table of JSON documents. `kind` is its name; `indexed` are the fields for `where`; ids start at `firstId`. */
  collection<T extends { id: string | number }>(
    kind: string,
    options?: { indexed?: readonly (keyof T & string)[]; firstId?: number },
  ): Collection<T>;
  /** Runs `work` in a transaction; may be nested. Synchronous, so requests never interleave in it. */
  transaction<R>(work: () => R): R;
  close(): void;
}

/**
 * Documents in SQLite: a file that a restarted twin continues from, or `":memory:"`.
 * A rollback journal rather than a WAL: one file to copy, and a killed process leaves nothing half-written.
 */
export function openStore(file = ":memory:"): Store {
  const database = new DatabaseSync(file);
  // Without fsync, data survives a killed process (the system has the pages), but not a power failure.
  database.exec("pragma journal_mode = persist; pragma synchronous = off; pragma busy_timeout = 2000");
  database.exec("create table if not exists sequence (kind text primary key, last integer not null)");
  let depth = 0;

  return {
    collection: (kind, options = {}) => openCollection(database, kind, options.indexed ?? [], options.firstId ?? 1),
    transaction(work) {
      if (depth > 0) return work();
      database.exec("begin immediate");
      depth += 1;
      try {
        const result = work();
        database.exec("commit");
        return result;
      } catch (error) {
        // A full disk has rolled it back already.
        if (database.isTransaction) database.exec("rollback");
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}

function openCollection<T extends { id: string | number }>(
  database: DatabaseSync,
  kind: string,
  indexed: readonly (keyof T & string)[],
  firstId: number,
): Collection<T> {
  const table = `document_${word(kind)}`;
  // `id` has no type, so that 7 and "7" stay distinct; the hidden rowid has the order of arrival.
  database.exec(`create table if not exists ${table} (id not null unique, body text not null)`);
  for (const field of indexed) {
    database.exec(`create index if not exists ${table}_${word(field)} on ${table} (json_extract(body, '$.${field}'))`);
  }
  const statements = {
    next: database.prepare(
      "insert into sequence values (?, ?) on conflict (kind) do update set last = last + 1 returning last",
    ),
    get: database.prepare(`select body from ${table} where id = ?`),
    put: database.prepare(
      `insert into ${table} (id, body) values (?, ?) on conflict (id) do update set body = excluded.body`,
    ),
    delete: database.prepare(`delete from ${table} where id = ?`),
    all: database.prepare(`select body from ${table} order by rowid`),
    after: database.prepare(`select body from ${table} where id > ? order by rowid`),
    count: database.prepare(`select count(*) as count from ${table}`),
    where: new Map(
      indexed.map((field) => [
        field as string,
        database.prepare(`select body from ${table} where json_extract(body, '$.${field}') = ? order by rowid`),
      ]),
    ),
  };
  const parse = (row: Record<string, unknown>): T => JSON.parse(String(row.body));

  return {
    nextId: () => Number(statements.next.get(kind, firstId)?.last),
    get(id) {
      const row = statements.get.get(id satisfies SQLInputValue);
      return row === undefined ? null : parse(row);
    },
    put(document) {
      statements.put.run(document.id, JSON.stringify(document));
      return document;
    },
    delete: (id) => statements.delete.run(id).changes > 0,
    all: () => statements.all.all().map(parse),
    where(field, value) {
      const statement = statements.where.get(field);
      if (statement === undefined) throw new Error(`"${kind}" has no index on "${field}": name it in \`indexed\``);
      return statement.all(value).map(parse);
    },
    after: (id) => statements.after.all(id).map(parse),
    count: () => Number(statements.count.get()?.count),
  };
}

/** Names are inserted into SQL unescaped, so only plain words are allowed. */
function word(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new Error(`"${name}" cannot name a collection or a field: use letters, digits and _`);
  return name;
}
