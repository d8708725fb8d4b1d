/** By bytes, as ClickHouse compares texts. */
export function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(b[index] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}

/** v2 before v10, without regard to case, as PostHog lists values before it ranks them (Python: natsort, IGNORECASE). */
export function compareNaturally(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = compareParts(partsOf(text), partsOf(b[index] ?? ""));
    if (order !== 0) return order;
  }
  return compareTexts(a, b);
}

/** The alternating texts and numbers of a text, a text first. */
const partsOf = (text: string): readonly string[] => text.toLowerCase().split(/(\d+)/);

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = index % 2 === 1 ? Number(part) - Number(other) : compareTexts([part], [other]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
