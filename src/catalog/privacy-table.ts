import type { Catalog } from "./event.ts";
import { events } from "./events.ts";
import type { PrivacyClass } from "./privacy.ts";

/** Event name -> property name -> privacy class. Plain data without zod: what a redactor needs at run time. */
export type PrivacyTable<Names extends string = string> = Readonly<
  Record<Names, Readonly<Record<string, PrivacyClass>>>
>;

/** Reads the table out of a catalog. */
export function privacyTableOf<const Events extends Catalog>(catalog: Events): PrivacyTable<keyof Events & string> {
  const rows = Object.entries(catalog).map(([name, { properties }]) => [
    name,
    Object.fromEntries(Object.entries(properties).map(([property, { privacy }]) => [property, privacy])),
  ]);
  return Object.fromEntries(rows);
}

/**
 * The catalog's table. Evaluating it needs the catalog and with it zod; a bundle must not carry either. A build
 * therefore evaluates this module once and puts its result in place of it, e.g. as an esbuild plugin:
 *
 *     build.onLoad({ filter: /catalog[\\/]privacy-table\.ts$/ }, async ({ path }) => {
 *       const { privacyTable } = await import(path);
 *       return { contents: `export const privacyTable = ${JSON.stringify(privacyTable)}`, loader: "js" };
 *     });
 */
export const privacyTable = privacyTableOf(events);
