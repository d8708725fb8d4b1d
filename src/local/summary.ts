import Table from "cli-table3";
import { environment, type VariableName } from "../catalog/environment.ts";
import { isOptionalOrigin, type ValueOrigin, valueOrigins } from "../catalog/value-origins.ts";
import { vendors } from "../model/vendors/index.ts";
import { nameOf } from "../operate/plan/plan.ts";
import type { Cloud } from "./cloud.ts";
import type { StackResource } from "./pulumi.ts";

/** Effect of an `up` on the vendors' objects. */
export interface Summary {
  rows: { vendor: string; kind: string; name: string; what: "created" | "changed" | "as it was"; address: string }[];
  removed: string[];
  /** Requests that change something, by vendor. */
  writes: Record<string, number>;
}

/** A variable of an app at its vendor. Never its value. */
export interface VariableRow {
  app: string;
  name: string;
  /** Source of its value. */
  source: string;
  isSet: boolean;
  /** Whether a stack may do without it. */
  isOptional: boolean;
}

/** Every variable of the credential map, and whether its app has it. */
export function variableRows(isSet: (name: VariableName) => boolean): VariableRow[] {
  const apps = { browser: "browser, on Pages", server: "server, on Render" };
  return (Object.keys(environment) as VariableName[]).map((name) => {
    const source: ValueOrigin = valueOrigins[environment[name].valueFrom];
    return {
      app: apps[environment[name].app],
      name,
      source: source.kind === "output" ? source.of : source.key,
      isSet: isSet(name),
      isOptional: isOptionalOrigin(environment[name].valueFrom),
    };
  });
}

/** Whether a variable has a value for its app. */
export function cloudHas({ cloudflare, render }: Pick<Cloud, "cloudflare" | "render">, name: VariableName): boolean {
  const { pages, service } = { pages: cloudflare.variables("operator-ui"), service: render.serviceId("backend") };
  const value =
    environment[name].app === "browser" ? pages?.[name]?.value : service && render.variables(service)?.[name];
  return Boolean(value);
}

/** The variables as a table for a terminal. */
export const printVariables = (rows: VariableRow[], columns?: number): string =>
  printTable(
    ["app", "variable", "comes from", ""],
    rows.map(({ app, name, source, isSet, isOptional }) => {
      const without = isOptional ? "not set (optional)" : "not set";
      return [app, name, source, isSet ? "set" : without];
    }),
    columns,
  );

/**
 * Prints rows as a table if it fits, else each as a line of its first two cells with the others below it.
 * @param columns width of the terminal in characters; undefined for a file
 */
function printTable(head: string[], rows: readonly string[][], columns = Number.POSITIVE_INFINITY): string {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  const beside = table.toString();
  if (beside.split("\n").every((line) => line.length <= columns)) return beside;
  return rows
    .flatMap(([first = "", second = "", ...cells]) => [
      `${first}  ${second}`,
      ...cells.flatMap((cell, i) => (cell === "" ? [] : [`    ${[head[i + 2], cell].filter(Boolean).join(": ")}`])),
    ])
    .join("\n");
}

/** Compares the stack's resources before and after an `up`. */
export function summarize(before: StackResource[], after: StackResource[], writes: Record<string, number>): Summary {
  const old = new Map(before.map((resource) => [resource.urn, resource.modified]));
  const rows = after
    .filter(isVendorObject)
    .toSorted(byVendor)
    .map((resource) => ({
      ...kindOf(resource.type),
      name: nameOf(resource.urn),
      what: !old.has(resource.urn)
        ? ("created" as const)
        : old.get(resource.urn) === resource.modified
          ? ("as it was" as const)
          : ("changed" as const),
      address: typeof resource.outputs?.url === "string" ? resource.outputs.url : "",
    }));
  const now = new Set(after.map(({ urn }) => urn));
  const removed = before
    .filter((resource) => isVendorObject(resource) && !now.has(resource.urn))
    .map(({ urn }) => nameOf(urn));
  return { rows, removed, writes };
}

/** Ingestion addresses of events and errors, whose requests are not the stack's. */
const fromApps = /^\/(?:i\/v0\/e|e|batch|capture|flags|decide)\b|^\/api\/\d+\/(?:envelope|store)\//;

/** Number of changing requests that concern the stack's objects. */
export const stackWrites = (writes: readonly { readonly path: string }[]): number =>
  writes.filter(({ path }) => !fromApps.test(path)).length;

/** The objects as a table for a terminal, then a summary in one line. */
export function printSummary({ rows, removed, writes }: Summary, columns?: number): string {
  const table = printTable(
    ["vendor", "what", "name", "", "address"],
    rows.map(({ vendor, kind, name, what, address }) => [vendor, kind, name, what, address]),
    columns,
  );
  const count = (what: string): number => rows.filter((row) => row.what === what).length;
  const changes = [`${count("created")} created`, `${count("changed")} changed`, `${removed.length} removed`];
  const nothing = count("created") + count("changed") + removed.length === 0;
  const sent = Object.entries(writes).map(([vendor, number]) => `${number} to ${vendor}`);
  return [
    table,
    nothing
      ? `Nothing changed: all ${rows.length} are as they were.`
      : `${changes.join(", ")}, ${count("as it was")} as it was.`,
    `Writes sent: ${sent.join(", ")}.`,
  ].join("\n");
}

const isVendorObject = ({ custom, type }: StackResource): boolean => custom && !type.startsWith("pulumi:");

/** Splits "pulumi-nodejs:dynamic/posthog:Dashboard" or "sentry:index/sentryProject:SentryProject" into vendor and kind. */
function kindOf(type: string): { vendor: string; kind: string } {
  const [pack = "", module = "", kind = ""] = type.split(":");
  const vendor = pack === "pulumi-nodejs" ? module.replace("dynamic/", "") : pack;
  return { vendor, kind };
}

/** Sorted by vendor in a fixed order, then in the order of creation. */
const vendorIds = Object.keys(vendors);
const byVendor = (a: StackResource, b: StackResource): number =>
  vendorIds.indexOf(kindOf(a.type).vendor) - vendorIds.indexOf(kindOf(b.type).vendor);
