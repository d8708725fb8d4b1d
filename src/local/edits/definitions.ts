import { relative, sep } from "node:path";
import { z } from "zod";
import type { InsightAlertDefinition } from "../../alerts/posthog/index.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";

/** What people edit most, as plain data: what the files say at one moment. */
export interface Definitions {
  readonly dashboards: readonly DashboardDefinition[];
  readonly alerts: readonly InsightAlertDefinition[];
  /** The catalog, by the events' names. */
  readonly events: Readonly<Record<string, EventNote>>;
}

/** An event as the pages tell it. */
export interface EventNote {
  readonly purpose: string;
  readonly source: "browser" | "server";
  /** Names of its properties. */
  readonly properties: readonly string[];
}

/** The modules of what is edited, as they export it. */
export interface DefinitionModules {
  readonly dashboards: readonly DashboardDefinition[];
  readonly insightAlerts: readonly InsightAlertDefinition[];
  readonly events: Readonly<
    Record<string, { readonly purpose: string; readonly source: "browser" | "server"; readonly properties: object }>
  >;
}

/** As JSON would bring it from another process, so that both can be compared. */
export function definitionsOf({ dashboards, insightAlerts, events }: DefinitionModules): Definitions {
  const notes = Object.entries(events).map(([name, { purpose, source, properties }]) => [
    name,
    { purpose, source, properties: Object.keys(properties) },
  ]);
  return JSON.parse(JSON.stringify({ dashboards, alerts: insightAlerts, events: Object.fromEntries(notes) }));
}

/** Something about the files that keeps an edit from being applied. */
export const problem = z.object({
  /** From the project's folder: "dashboards/ai-engagement.ts". */
  file: z.string(),
  /** From 1; null where only the file is known. */
  line: z.number().nullable(),
  message: z.string(),
  /** Key of the tile that it is about, in the dashboard of this file. */
  tileKey: z.string().nullable(),
});
export type Problem = z.infer<typeof problem>;

/** What the process says that loads the files. The definitions are what their own types and checks say. */
export const reading = z.union([
  z.object({ definitions: z.custom<Definitions>((value) => typeof value === "object"), problems: z.array(problem) }),
  z.object({ definitions: z.null(), problems: z.array(problem).min(1) }),
]);
export type Reading = z.infer<typeof reading>;

/** What people edit: changes of it are taken over while the local cloud runs. */
export const editedFolders = ["dashboards", "alerts", "src/catalog"] as const;

/** A file's path from the project's folder, with slashes on every system. */
export const fromFolder = (folder: string, file: string): string => relative(folder, file).split(sep).join("/");

/** The dashboard that a file defines; undefined for other files. */
export const dashboardOfFile = (file: string): string | undefined => /^dashboards\/([^/]+)\.ts$/.exec(file)?.[1];

/** "dashboards/ai-engagement.ts:30". */
export const placeOf = ({ file, line }: Pick<Problem, "file" | "line">): string =>
  line === null ? file : `${file}:${line}`;
