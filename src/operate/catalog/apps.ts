import type { CatalogFacts } from "../../catalog/facts.ts";
import type { Revision } from "../../catalog/revision.ts";
import { type CatalogChange, catalogChanges } from "../changes/catalog.ts";
import type { Installed } from "./installed.ts";

/** How an app's catalog compares with the checkout's. */
export interface AppCatalog {
  /** As given on the command line. */
  readonly app: string;
  /**
   * - same: the app has the checkout's catalog
   * - older, newer: by how many revisions
   * - other: the checkout has a different catalog under this revision number, so the package was built on a branch or before a commit
   * - unknown: a package without a revision
   * - unreadable: the file that should state it cannot be read
   * - absent: the app does not have the package
   */
  readonly status: "same" | "older" | "newer" | "other" | "unknown" | "unreadable" | "absent";
  /** The file that it was read from. */
  readonly file?: string;
  readonly version?: string;
  readonly revision?: number;
  /** True: known from a lockfile, which has only the version and not the package's content. */
  readonly isByNumber?: true;
  /** Another version that is installed, which the next clean installation replaces. */
  readonly alsoInstalled?: string;
  readonly why?: string;
  /** Differences from the checkout's catalog; known only for an installed package. */
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
