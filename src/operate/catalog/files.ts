import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogDigest, readRevisions, revisionsPath, revisionsText, withRevision } from "../../catalog/revision.ts";
import { Failure } from "../command/failure.ts";
import type { Definitions } from "./definitions.ts";
import { catalogPage, pagePath } from "./page.ts";

/** The files generated from a checkout's definitions, and its catalog revision. */
export interface CatalogFiles {
  /** The content that docs/events.md and src/catalog/revisions.txt should have, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly digest: string;
  /** All revisions' digests, that of this catalog last. */
  readonly digests: readonly string[];
}

/**
 * The files that `obs catalog` and `npm run generate` write.
 * @throws Failure when the existing revisions cannot be read, for example with merge conflict markers in them
 */
export function catalogFiles(folder: string, definitions: Definitions): CatalogFiles {
  const digest = catalogDigest(definitions.catalog);
  const digests = withRevision(knownRevisions(folder), digest);
  const files = new Map([
    [pagePath, catalogPage(definitions)],
    [revisionsPath, revisionsText(digests)],
  ]);
  return { files, digest, digests };
}

function knownRevisions(folder: string): readonly string[] {
  const file = join(folder, revisionsPath);
  if (!existsSync(file)) return [];
  try {
    return readRevisions(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), {
      fix: `git checkout origin/main -- ${revisionsPath}; then: npx obs catalog`,
    });
  }
}
