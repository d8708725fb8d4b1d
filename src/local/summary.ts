import Table from "cli-table3";
import type { StackResource } from "./pulumi.ts";

/** What an `up` did to the vendors' objects. */
export interface Summary {
  rows: { vendor: string; kind: string; name: string; what: "created" | "changed" | "as it was"; address: string }[];
  removed: string[];
  /** Requests that change something, by vendor. */
  writes: Record<string, number>;
}

/** Compares the stack's resources before and after an `up`. */
export function summarize(before: StackResource[], after: StackResource[], writes: Record<string, number>): Summary {
  const old = new Map(before.map((resource) => [resource.urn, resource.modified]));
  const rows = after.filter(isVendorObject).map((resource) => ({
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

/** For a terminal: the objects as a table, then what was done in one line. */
export function printSummary({ rows, removed, writes }: Summary): string {
  const table = new Table({
    head: ["vendor", "what", "name", "", "address"],
    style: { head: [], border: [], compact: true },
  });
  for (const { vendor, kind, name, what, address } of rows) table.push([vendor, kind, name, what, address]);
  const count = (what: string): number => rows.filter((row) => row.what === what).length;
  const changes = [`${count("created")} created`, `${count("changed")} changed`, `${removed.length} removed`];
  const nothing = count("created") + count("changed") + removed.length === 0;
  const sent = Object.entries(writes).map(([vendor, number]) => `${number} to ${vendor}`);
  return [
    table.toString(),
    nothing
      ? `Nothing changed: all ${rows.length} are as they were.`
      : `${changes.join(", ")}, ${count("as it was")} as it was.`,
    `Writes sent: ${sent.join(", ")}.`,
  ].join("\n");
}

const isVendorObject = ({ custom, type }: StackResource): boolean => custom && !type.startsWith("pulumi:");

/** "pulumi-nodejs:dynamic/posthog:Dashboard" or "sentry:index/sentryProject:SentryProject" as vendor and kind. */
function kindOf(type: string): { vendor: string; kind: string } {
  const [pack = "", module = "", kind = ""] = type.split(":");
  const vendor = pack === "pulumi-nodejs" ? module.replace("dynamic/", "") : pack;
  return { vendor, kind };
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;
