import type * as z from "zod";
import type { PublicValueOriginName, ValueOriginName } from "./value-origins.ts";

/** browser: the operator UI, built by Vite on Cloudflare Pages. server: the backend on Render. */
export const appNames = ["browser", "server"] as const;
export type App = (typeof appNames)[number];

interface Described {
  /** Schema of the value. Variables are always texts, even for numbers. */
  readonly value: z.ZodString;
  /** How the app uses it, and what happens without it. */
  readonly meaning: string;
  /** A valid value for documentation. Never a real one. */
  readonly example: string;
  /** Initial value in a developer's `.env`. Empty: the app runs without it. */
  readonly local: string;
}

/** Vite copies each `VITE_…` variable into the bundle, where everybody can read it. */
export interface BrowserVariable extends Described {
  readonly app: "browser";
  readonly visibility: "public";
  readonly valueFrom: PublicValueOriginName;
}

export type ServerVariable = Described & { readonly app: "server" } & (
    | { readonly visibility: "public"; readonly valueFrom: PublicValueOriginName }
    | { readonly visibility: "secret"; readonly valueFrom: ValueOriginName }
  );

/** Any variable, as a plain structure; input of checks and generators. */
export interface Variable extends Described {
  readonly app: App;
  readonly visibility: "public" | "secret";
  readonly valueFrom: ValueOriginName;
}
export type VariableTable = Readonly<Record<string, Variable>>;

/**
 * A table of variables by name. It does not compile when a variable named `VITE_…` is secret, has a secret value
 * or belongs to the server, when another one belongs to the browser, or when a public one has a secret value.
 * @example
 * variables({
 *   JOBS_STAGE: { app: "server", visibility: "public", valueFrom: "stage", value: z.string().min(1), meaning: "Marks the queue's entries.", example: "production", local: "local" },
 * });
 */
export const variables = <
  const Table extends {
    readonly [Name in keyof Table]: Name extends `VITE_${string}` ? BrowserVariable : ServerVariable;
  },
>(
  table: Table,
): Table => table;
