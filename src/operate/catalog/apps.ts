import type { CatalogFacts } from "../../catalog/facts.ts";
import type { Revision } from "../../catalog/revision.ts";
import { type CatalogChange, catalogChanges } from "../changes/catalog.ts";
import type { Installed } from "./installed.ts";

/** Whose catalog an app has, next to that of the checkout. */
export interface AppCatalog {
  /** As it was named. */
  readonly app: string;
  /**
   * - same: what it sends is what the checkout's catalog says
   * - older, newer: by how many revisions
   * - other: of this number there is another catalog here, so it was packed on a branch or before a commit
   * - unknown: a package without a revision
   * - unreadable: there is a file that should say it, and it cannot be read
   * - absent: the app does not have the package
   */
  readonly status: "same" | "older" | "newer" | "other" | "unknown" | "unreadable" | "absent";
  /** The file that says so. */
  readonly file?: string;
  readonly version?: string;
  readonly revision?: number;
  /** Of a lockfile only the number is known, and not what is in the package. */
  readonly isByNumber?: true;
  /** Another version that is installed, which the next clean installation replaces. */
  readonly alsoInstalled?: string;
  readonly why?: string;
  /** What the app's catalog lacks or has otherwise; only of an installed package is it known. */
  readonly changes: readonly CatalogChange[];
}

interface Here extends Revision {
  /** Digests of all revisions, that of the checkout's catalog last. */
  readonly digests: readonly string[];
  readonly events: CatalogFacts;
}

/** Compares what an app has with the catalog of the checkout. */
export function appCatalog(app: string, installed: Installed, here: Here): AppCatalog {
  if (installed.kind === "absent") return { app, status: "absent", changes: [] };
  if (installed.kind === "unreadable") {
    return { app, status: "unreadable", file: installed.file, why: installed.why, changes: [] };
  }
  const { file, version, revision, catalog, alsoInstalled } = installed;
  const known = { app, file, version, ...(alsoInstalled !== undefined && { alsoInstalled }) };
  if (revision === undefined) return { ...known, status: "unknown", changes: [] };
  const status = statusOf(revision, catalog?.digest, here);
  const isDifferent = catalog !== undefined && status !== "same";
  return {
    ...{ ...known, status, revision },
    ...(catalog === undefined && { isByNumber: true as const }),
    changes: isDifferent ? catalogChanges(catalog.events, here.events, new Map()) : [],
  };
}

function statusOf(revision: number, digest: string | undefined, here: Here): AppCatalog["status"] {
  if (digest === here.digest) return "same";
  if (revision > here.revision) return "newer";
  if (digest !== undefined && here.digests[revision - 1] !== digest) return "other";
  return revision === here.revision ? "same" : "older";
}
