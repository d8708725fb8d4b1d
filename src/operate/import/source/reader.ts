import { isObject, type Json, type JsonObject } from "../../../resources/kernel/json.ts";
import type { CatalogNames } from "./names.ts";

/** Reads a query to write it with the builders, and collects the reasons why parts of it cannot be. */
export class Reader {
  readonly names: CatalogNames;
  readonly #reasons = new Set<string>();

  constructor(names: CatalogNames) {
    this.names = names;
  }

  /** Continuation of the sentence "no builder says this: ". */
  get reasons(): string[] {
    return [...this.#reasons];
  }

  cannot(reason: string): undefined {
    this.#reasons.add(reason);
    return undefined;
  }
}

export const fields = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const items = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const words = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const number = (value: Json | undefined): number | undefined => (typeof value === "number" ? value : undefined);

/** The builder's word for PostHog's value; undefined when the value is not set or has no word. */
export const wordFor = (table: Readonly<Record<string, unknown>>, value: unknown): string | undefined =>
  Object.entries(table).find(([, one]) => one === value)?.[0];
