import type { CatalogFacts, EventFacts, PropertyFacts } from "../../catalog/facts.ts";
import { own } from "../../model/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Use } from "../catalog/usage.ts";
import { code, type Phrase, plain, say } from "../text/phrase.ts";

/** The change of one event of the catalog. */
export interface CatalogChange {
  readonly event: string;
  readonly change: "new" | "removed" | "changed";
  readonly owner: string;
  readonly words: readonly Phrase[];
  /** Tiles that use it after the change. */
  readonly uses: readonly Use[];
}

/** Differences between two versions of the catalog, in the order of the newer one, with the tiles that use each event. */
export function catalogChanges(
  before: CatalogFacts,
  after: CatalogFacts,
  uses: ReadonlyMap<string, readonly Use[]>,
): CatalogChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.flatMap((event): CatalogChange[] => {
    const [old, now] = [own(before, event), own(after, event)];
    const looked = { event, owner: (now ?? old)?.owner ?? "", uses: uses.get(event) ?? [] };
    if (!old && now) return [{ ...looked, change: "new", words: newWords(now) }];
    if (!now) return [{ ...looked, change: "removed", words: [] }];
    if (!old || sameJson(old, now)) return [];
    return [{ ...looked, change: "changed", words: changedWords(old, now) }];
  });
}

function newWords({ source, purpose, properties }: EventFacts): Phrase[] {
  const names = Object.keys(properties);
  return [
    say`${purpose} (sent by the ${source})`,
    ...(names.length === 0 ? [] : [plain(`properties: ${names.join(", ")}`)]),
  ];
}

function changedWords(old: EventFacts, now: EventFacts): Phrase[] {
  const names = [...new Set([...Object.keys(now.properties), ...Object.keys(old.properties)])];
  return [
    ...(old.source === now.source ? [] : [say`sent by the ${old.source} → ${now.source}`]),
    ...(old.owner === now.owner ? [] : [say`owner ${old.owner} → ${now.owner}`]),
    ...(old.purpose === now.purpose ? [] : [say`purpose: “${now.purpose}”`]),
    ...names.flatMap((name) => propertyWords(name, own(old.properties, name), own(now.properties, name))),
  ];
}

function propertyWords(name: string, old: PropertyFacts | undefined, now: PropertyFacts | undefined): Phrase[] {
  if (!old && now) {
    return [
      say`also carries ${code(name)}: ${now.type}${now.optional ? ", not always" : ""} (privacy: ${now.privacy})`,
    ];
  }
  if (!now) return [say`no longer carries ${code(name)}`];
  if (!old) return [];
  const fields = ["type", "unit", "privacy", "meaning"] as const;
  return [
    ...fields
      .filter((field) => old[field] !== now[field])
      .map((field) => say`${code(name)}: ${field} ${old[field] ?? "none"} → ${now[field] ?? "none"}`),
    ...(old.optional === now.optional
      ? []
      : [say`${code(name)} is ${now.optional ? "not always there" : "always there"} from now on`]),
  ];
}
