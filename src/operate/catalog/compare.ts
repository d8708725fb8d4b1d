import type { App, Catalog } from "../../catalog/event.ts";
import { nearest } from "../../catalog/nearest.ts";
import type { EventCall } from "./scan.ts";

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

export type CodeOf = Partial<Record<App, readonly EventCall[]>>;

/** Compares what the code of one or both apps sends with what the catalog says that they send. */
export function compareCode(catalog: Catalog, code: CodeOf): CodeFindings {
  const calls = (Object.entries(code) as [App, readonly EventCall[]][]).flatMap(([app, sent]) =>
    sent.map((call) => ({ ...call, app, where: `${call.file}:${call.line}` })),
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
