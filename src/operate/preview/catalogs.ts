import { type CatalogFacts, catalogFacts } from "../../catalog/facts.ts";
import { loadCatalog } from "../catalog/definitions.ts";
import { isFailure } from "../command/failure.ts";
import { atCommit, baseCommit } from "./base.ts";

export interface Catalogs {
  readonly before: CatalogFacts;
  readonly after: CatalogFacts;
}

/** A checkout's catalog, and the one where its branch began; undefined when there is nothing to compare with. */
export async function bothCatalogs(
  folder: string,
  base: { wanted: string | undefined; env: Readonly<Record<string, string | undefined>> },
): Promise<Catalogs | undefined> {
  const commit = await baseCommit(folder, base);
  if (commit === undefined) return undefined;
  try {
    const before = await atCommit(folder, commit, async (older) => catalogFacts(await loadCatalog(older)));
    return { before, after: catalogFacts(await loadCatalog(folder)) };
  } catch (error) {
    // The old catalog no longer loads or does not exist, so there is nothing to compare with.
    if (isFailure(error)) return undefined;
    throw error;
  }
}
