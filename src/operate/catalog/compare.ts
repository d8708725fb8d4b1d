import type { App, Catalog } from "../../catalog/event.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { nearest } from "../../catalog/nearest.ts";
import type { AppCalls } from "./scan.ts";

/** Differences between the apps' code and the catalog. */
export interface CodeFindings {
  /** Sent, but not in the catalog. */
  readonly unknown: readonly { readonly event: string; readonly where: string; readonly meant: string | undefined }[];
  /** Sent by an app that the catalog does not name as its sender. */
  readonly wrongApp: readonly { readonly event: string; readonly where: string; readonly source: App }[];
  /** In the catalog, but not sent by any code. */
  readonly unsent: readonly { readonly event: string; readonly owner: string }[];
  /** Calls whose event name is not a literal. */
  readonly unseen: readonly string[];
}

export type CodeOf = Partial<Record<App, Pick<AppCalls, "events">>>;

/** Compares what the code of one or both apps sends with what the catalog says that they send. */
export function compareCode(catalog: Catalog, code: CodeOf): CodeFindings {
  const calls = (Object.entries(code) as [App, Pick<AppCalls, "events">][]).flatMap(([app, { events }]) =>
    events.map((call) => ({ ...call, app, where: `${call.file}:${call.line}` })),
  );
  const named = calls.filter((call): call is typeof call & { event: string } => call.event !== undefined);
  const known = named.filter(({ event }) => Object.hasOwn(catalog, event));
  const names = Object.keys(catalog);
  return {
    unknown: named
      .filter(({ event }) => !Object.hasOwn(catalog, event))
      .map(({ event, where }) => ({ event, where, meant: nearest(event, names) })),
    wrongApp: known.flatMap(({ event, app, where }) => {
      const source = catalog[event]?.source;
      return source === undefined || source === app ? [] : [{ event, where, source }];
    }),
    unsent: names.flatMap((event) => {
      const { source, owner } = catalog[event] ?? {};
      const looked = source !== undefined && code[source] !== undefined;
      return looked && !known.some((call) => call.event === event) ? [{ event, owner: owner ?? "" }] : [];
    }),
    unseen: calls.filter(({ event }) => event === undefined).map(({ where }) => where),
  };
}

export const agree = ({ unknown, wrongApp, unsent }: CodeFindings): boolean =>
  unknown.length + wrongApp.length + unsent.length === 0;

/** Differences between the flags that the apps' code names and the catalog's. */
export interface FlagCodeFindings {
  /** Named in code, but not in the catalog: deleted, or misspelt. */
  readonly unknown: readonly { readonly flag: string; readonly where: string; readonly meant: string | undefined }[];
  /** In the catalog, but no code that was looked at asks for it. */
  readonly unasked: readonly { readonly flag: string; readonly owner: string }[];
  /** Calls whose key is not a literal: they may ask for any flag. */
  readonly unseen: readonly string[];
  /** The apps whose code was looked at. */
  readonly apps: readonly App[];
}

/** Compares the flags that the code of one or both apps names with the catalog's. */
export function compareFlags(
  catalog: FlagCatalog,
  code: Partial<Record<App, Pick<AppCalls, "flags">>>,
): FlagCodeFindings {
  const apps = Object.keys(code) as App[];
  const calls = apps.flatMap((app) => code[app]?.flags ?? []);
  const asked = new Set(calls.flatMap(({ flag, use }) => (use === "asks" && flag !== undefined ? [flag] : [])));
  const where = ({ file, line }: (typeof calls)[number]): string => `${file}:${line}`;
  return {
    unknown: calls.flatMap((call) => {
      const { flag } = call;
      if (flag === undefined || Object.hasOwn(catalog, flag)) return [];
      return [{ flag, where: where(call), meant: nearest(flag, Object.keys(catalog)) }];
    }),
    unasked: Object.entries(catalog).flatMap(([flag, { owner }]) => (asked.has(flag) ? [] : [{ flag, owner }])),
    unseen: calls.filter(({ flag }) => flag === undefined).map(where),
    apps,
  };
}
