import characters from "../tables/characters.json" with { type: "json" };

/*
 * How unlikely the characters of a run are, measured in bits: a pair of letters by how often it stands in words, a
 * figure or a capital among small letters by how seldom words have one there.
 */

const surpriseOfPairs = characters.surpriseOfPairs;

/** What follows in the alphabet or in counting, a figure after a letter or a letter after a figure, another figure, a capital within a word, a small letter after one. */
const bits = { next: 1, change: 5.5, figure: 3.4, capital: 4.5, afterCapitals: 3 };
/** Mean bits of a character from which on a run was drawn by lot rather than written. Words are below 4.2. */
const drawnByLot = 4.7;

/** Mean surprise of a run's characters, in bits. */
export function surpriseOf(run: string): number {
  let sum = 0;
  for (let at = 1; at < run.length; at += 1) sum += surpriseOfPair(run, at);
  return run.length < 2 ? 0 : sum / (run.length - 1);
}

/** The largest mean surprise of any `length` characters of a run: words beside a key make the mean of all small. */
export function mostSurpriseWithin(run: string, length: number): number {
  let sum = 0;
  let most = 0;
  for (let at = 1; at < run.length; at += 1) {
    sum += surpriseOfPair(run, at);
    if (at >= length) sum -= surpriseOfPair(run, at - length + 1);
    if (at >= length - 1) most = Math.max(most, sum / (length - 1));
  }
  return most;
}

function surpriseOfPair(run: string, at: number): number {
  const one = kindOf(run.charCodeAt(at - 1));
  const other = kindOf(run.charCodeAt(at));
  if (run.charCodeAt(at) === run.charCodeAt(at - 1) + 1) return bits.next;
  if (one === "figure" && other === "figure") return bits.figure;
  if (one === "figure" || other === "figure") return bits.change;
  const letters = pairOf(run, at);
  if (one === "small" && other === "capital") return bits.capital;
  if (one === "capital" && other === "small" && at >= 2 && kindOf(run.charCodeAt(at - 2)) === "capital")
    return Math.max(letters, bits.afterCapitals);
  return letters;
}

function pairOf(run: string, at: number): number {
  const row = surpriseOfPairs[(run.charCodeAt(at - 1) | 32) - 97];
  return Number(row?.[(run.charCodeAt(at) | 32) - 97] ?? 9);
}

function kindOf(code: number): "figure" | "small" | "capital" {
  if (code <= 57) return "figure";
  return code >= 97 ? "small" : "capital";
}

export function isWordlike(run: string): boolean {
  return surpriseOf(run) < drawnByLot;
}
