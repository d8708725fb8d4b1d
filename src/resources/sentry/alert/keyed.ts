import { type JsonObject, sameJson } from "../../kernel/json.ts";
import { byId } from "../by-id.ts";

export interface Live {
  id: string;
  type: string;
}

/**
 * Live parts under the keys of the definition, in any order: first the unchanged ones, then changed ones of the same
 * type. Remaining parts were added by hand and are shown under their ids; a key without a live part was removed by hand
 * and is left out.
 */
export function reflectKeyed<Item extends Live, Defined extends { type: string }>(
  defined: Record<string, Defined>,
  live: readonly Item[],
  see: (defined: Defined | undefined, item: Item) => JsonObject,
): Record<string, JsonObject> {
  const free = new Set([...live].sort(byId));
  const result: Record<string, JsonObject> = {};
  const match = (isIt: (part: Defined, item: Item) => boolean): void => {
    for (const [key, part] of Object.entries(defined)) {
      const item = key in result ? undefined : [...free].find((candidate) => isIt(part, candidate));
      if (!item) continue;
      free.delete(item);
      result[key] = see(part, item);
    }
  };
  match((part, item) => sameJson(see(part, item), part));
  match((part, item) => part.type === item.type);
  for (const item of free) result[`added by hand: ${item.type} (#${item.id})`] = see(undefined, item);
  return result;
}
