import type { LiveEventDefinition } from "../answers.ts";
import { pageSize } from "../request.ts";
import type { Connection } from "../settings.ts";
import type { LiveDefinitions } from "./reflect.ts";

/**
 * The live definitions of these events. Reads all pages of the list in a small project; in a large one, requests each
 * event that the first page lacks, which takes fewer requests.
 */
export async function findDefinitions({ api }: Connection, names: readonly string[]): Promise<LiveDefinitions> {
  const first = await api.firstEventDefinitions();
  const found = byName(first.rows, names);
  if (!first.next) return found;
  const missing = names.filter((name) => !found.has(name));
  const morePages = Math.ceil((first.count ?? Number.POSITIVE_INFINITY) / pageSize) - 1;
  const others =
    morePages <= missing.length
      ? await api.restOfEventDefinitions(first)
      : (await Promise.all(missing.map(api.eventDefinitionNamed))).filter((one) => one !== undefined);
  return new Map([...found, ...byName(others, names)]);
}

function byName(definitions: readonly LiveEventDefinition[], names: readonly string[]): LiveDefinitions {
  const wanted = new Set(names);
  return new Map(definitions.flatMap((one) => (wanted.has(one.name) ? [[one.name, one]] : [])));
}
