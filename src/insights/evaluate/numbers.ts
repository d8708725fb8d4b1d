export function sumOf(data: readonly number[]): number {
  return data.reduce((sum, value) => sum + value, 0);
}

/** Mean; null of none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumOf(values) / values.length;
}

/** Median, between the two middle values of an even number (ClickHouse: quantile); null of none. */
export function median(values: readonly number[]): number | null {
  // Typed arrays sort as numbers, and fast.
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  const below = sorted[Math.floor(middle)];
  const above = sorted[Math.ceil(middle)];
  return below === undefined || above === undefined ? null : below + (above - below) * (middle % 1);
}
