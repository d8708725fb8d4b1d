import { sameJson } from "../../../resources/kernel/json.ts";
import { join, type Phrase, plain, say } from "../../text/phrase.ts";
import { type CountOf, reachOf, reachWords } from "./people.ts";
import { label } from "./rules.ts";
import type { FlagView, VariantView } from "./view.ts";

/** What becomes of the variants and their shares, and how many people get another one than before. */
export function variantWords(before: FlagView, after: FlagView, countOf: CountOf | undefined): Phrase[] {
  const [old, now] = [before.variants, after.variants];
  if (sameJson(old, now)) return [];
  if (old.length === 0) return [plain(`gets the variants ${sharesOf(now)}`)];
  if (now.length === 0) return [plain("has no variants any more: who has it gets true")];
  const keys = [...new Set([...now, ...old].map(({ key }) => key))];
  const changes = keys.flatMap((key) => {
    const [from, to] = [percentOf(old, key), percentOf(now, key)];
    if (from === to) return [];
    return [`${key} ${from === undefined ? "new" : `${from} %`} → ${to === undefined ? "gone" : `${to} %`}`];
  });
  const start = changes.length === 0 ? "its variants have another order" : `variants: ${changes.join(", ")}`;
  const moved = movedShare(old, now);
  const open = after.rules.map((rule, index) => ({ rule, place: index + 1 })).filter(({ rule }) => !rule.variant);
  if (open.length === 0) return [plain(`${start}; every rule gives a variant of its own, so nobody gets another one`)];
  const people = open.flatMap(({ rule, place }) => {
    const reach = reachOf(rule, countOf, moved);
    return reach ? [say`${label(place, rule)} ${reachWords(reach)}`] : [];
  });
  const who = people.length === 0 ? "" : say`: ${join(people, "; ")}`;
  return [say`${start}; about ${Math.round(moved * 1000) / 10} % of those who have it get another variant${who}`];
}

export const sharesOf = (variants: readonly VariantView[]): string =>
  variants.map(({ key, percent }) => `${key} ${percent} %`).join(", ");

const percentOf = (variants: readonly VariantView[], key: string): number | undefined =>
  variants.find((one) => one.key === key)?.percent;

/**
 * The share of people, 0 to 1, who get another variant. A person has a place between 0 and 100, which never changes; the
 * variants take up that line in their order (posthog-node: getMatchingVariant).
 */
export function movedShare(before: readonly VariantView[], after: readonly VariantView[]): number {
  const ends = (variants: readonly VariantView[]): number[] => {
    let end = 0;
    return variants.map(({ percent }) => (end += percent));
  };
  const at = (variants: readonly VariantView[], place: number): string | undefined =>
    variants[ends(variants).findIndex((end) => place < end)]?.key;
  const borders = [...new Set([0, ...ends(before), ...ends(after), 100])].toSorted((a, b) => a - b);
  const moved = borders.slice(1).map((end, index) => {
    const start = borders[index] ?? 0;
    const middle = (start + end) / 2;
    return at(before, middle) === at(after, middle) ? 0 : end - start;
  });
  return moved.reduce((sum, length) => sum + length, 0) / 100;
}
