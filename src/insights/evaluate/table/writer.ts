import { BIGINT, BOOLEAN, type DuckDBAppender, DuckDBDataChunk, UINTEGER, VARCHAR } from "@duckdb/node-api";

/** One event, ready for the table. */
export interface Row {
  readonly event: number;
  readonly person: number;
  readonly distinctId: number;
  readonly timestamp: bigint;
  readonly properties: string;
  readonly personProperties: string | null;
  readonly escapes: boolean;
}

/** DuckDB's vector size. */
const chunkRows = 2048;

/** Writes to DuckDB a chunk at a time; a row at a time takes several times as long. */
export class ChunkWriter {
  readonly #appender: DuckDBAppender;
  readonly #chunk = DuckDBDataChunk.create(
    [UINTEGER, UINTEGER, UINTEGER, BIGINT, VARCHAR, VARCHAR, BOOLEAN],
    chunkRows,
  );
  #rows: Row[] = [];

  constructor(appender: DuckDBAppender) {
    this.#appender = appender;
  }

  add(row: Row): void {
    this.#rows.push(row);
    if (this.#rows.length === chunkRows) this.#write();
  }

  /** Makes the added events visible to queries. */
  flush(): void {
    if (this.#rows.length > 0) this.#write();
    this.#appender.flushSync();
  }

  close(): void {
    this.#appender.closeSync();
  }

  #write(): void {
    const rows = this.#rows;
    const chunk = this.#chunk;
    chunk.reset();
    chunk.rowCount = rows.length;
    chunk.setColumnValues(
      0,
      rows.map((row) => row.event),
    );
    chunk.setColumnValues(
      1,
      rows.map((row) => row.person),
    );
    chunk.setColumnValues(
      2,
      rows.map((row) => row.distinctId),
    );
    chunk.setColumnValues(
      3,
      rows.map((row) => row.timestamp),
    );
    chunk.setColumnValues(
      4,
      rows.map((row) => row.properties),
    );
    chunk.setColumnValues(
      5,
      rows.map((row) => row.personProperties),
    );
    chunk.setColumnValues(
      6,
      rows.map((row) => row.escapes),
    );
    this.#appender.appendDataChunk(chunk);
    this.#rows = [];
  }
}
