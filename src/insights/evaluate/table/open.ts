import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { macros } from "../sql/macros.ts";
import { EventTable, type EventTableOptions } from "./table.ts";

export interface OpenOptions extends EventTableOptions {
  /** Maximum memory of DuckDB; beyond it, DuckDB uses a temporary folder. Default 512. */
  readonly memoryLimitMegabytes?: number;
  /** Default: as many as the machine has. */
  readonly threads?: number;
}

/**
 * Opens an empty table of events in memory. Close it: DuckDB keeps its memory and threads until then.
 *
 * ```ts
 * await using events = await openEvents();
 * events.append([{ event: "$pageview", distinct_id: "ada", timestamp: "2026-11-01T09:00:00Z" }]);
 * ```
 */
export async function openEvents(options: OpenOptions = {}): Promise<EventTable> {
  const { memoryLimitMegabytes = 512, threads = availableParallelism() } = options;
  const overflowFolder = join(tmpdir(), `brandvx-events-${randomUUID()}`);
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryLimitMegabytes}MB`,
    temp_directory: overflowFolder,
    threads: String(threads),
    // Extensions come with the package; none are downloaded.
    autoinstall_known_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    await connection.run(`
      CREATE TABLE events (
        event UINTEGER, person UINTEGER, distinct_id UINTEGER, ts BIGINT,
        properties VARCHAR, person_properties VARCHAR,
        -- Whether a backslash stands in either of the two.
        escapes BOOLEAN
      )`);
    for (const macro of macros) await connection.run(macro);
    const appender = await connection.createAppender("events");
    return new EventTable({ instance, connection, appender }, options, () => {
      rmSync(overflowFolder, { recursive: true, force: true });
    });
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
