import { closest, distance } from "fastest-levenshtein";

/** The known word that a mistyped one most likely stands for; undefined when nothing is near enough to suggest. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const candidates = [...known];
  if (candidates.length === 0) return undefined;
  const best = closest(word, candidates);
  // A third of the letters may differ: "stepp" suggests "step", "revenue" does not suggest "channel".
  return distance(word, best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}

/** "did you mean …?" or, if no word is near, the list of allowed words. */
export function suggestion(word: string, known: Iterable<string>): string {
  const candidates = [...known];
  const best = nearest(word, candidates);
  if (best !== undefined) return `did you mean ${best}?`;
  return candidates.length === 0 ? "there is none to choose from" : `there is ${candidates.join(", ")}`;
}
