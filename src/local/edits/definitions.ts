import { relative, sep } from "node:path";
import { z } from "zod";
import type { InsightAlertDefinition } from "../../alerts/posthog/index.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";

/** The catalog, dashboards and alerts of the files at one moment, as plain data. */
export interface Definitions {
  readonly dashboards: readonly DashboardDefinition[];
  readonly alerts: readonly InsightAlertDefinition[];
  /** The catalog, by the events' names. */
  readonly events: Readonly<Record<string, EventNote>>;
}

/** An event as the console's pages show it. */
export interface EventNote {
  readonly purpose: string;
  readonly source: "browser" | "server";
  /** Names of its properties. */
  readonly properties: readonly string[];
}

/** Exports of the edited modules. */
export interface DefinitionModules {
  readonly dashboards: readonly DashboardDefinition[];
  readonly insightAlerts: readonly InsightAlertDefinition[];
  readonly events: Readonly<
    Record<string, { readonly purpose: string; readonly source: "browser" | "server"; readonly properties: object }>
  >;
}

/** Converted through JSON, like data from another process, so that both can be compared. */
export function definitionsOf({ dashboards, insightAlerts, events }: DefinitionModules): Definitions {
  const notes = Object.entries(events).map(([name, { purpose, source, properties }]) => [
    name,
    { purpose, source, properties: Object.keys(properties) },
  ]);
  return JSON.parse(JSON.stringify({ dashboards, alerts: insightAlerts, events: Object.fromEntries(notes) }));
}

/** A problem in the files that prevents an edit from being applied. */
export const problem = z.object({
  /** Path relative to the project's folder: "dashboards/ai-engagement.ts". */
  file: z.string(),
  /** Line from 1; null when only the file is known. */
  line: z.number().nullable(),
  message: z.string(),
  /** Key of the tile concerned, in this file's dashboard. */
  tileKey: z.string().nullable(),
});
export type Problem = z.infer<typeof problem>;

/** Answer of the process that loads the files. */
export const reading = z.union([
  z.object({ definitions: z.custom<Definitions>((value) => typeof value === "object"), problems: z.array(problem) }),
  z.object({ definitions: z.null(), problems: z.array(problem).min(1) }),
]);
export type Reading = z.infer<typeof reading>;

/** Paths whose changes are applied while the local cloud runs. */
export const editedFolders = ["dashboards", "alerts", "src/catalog"] as const;

/** A file's path relative to the project's folder, with slashes on every system. */
export const fromFolder = (folder: string, file: string): string => relative(folder, file).split(sep).join("/");

/** The dashboard that a file defines; undefined for other files. */
export const dashboardOfFile = (file: string): string | undefined => /^dashboards\/([^/]+)\.ts$/.exec(file)?.[1];

/** "dashboards/ai-engagement.ts:30". */
export const placeOf = ({ file, line }: Pick<Problem, "file" | "line">): string =>
  line === null ? file : `${file}:${line}`;
