export interface OffsetPage<T> {
  items: T[];
  total: number;
  nextOffset: number | null;
  previousOffset: number | null;
}

/** One page of `items` by offset and limit (PostHog, Sentry's cursors). */
export function pageByOffset<T>(items: readonly T[], offset: number, limit: number): OffsetPage<T> {
  const end = offset + limit;
  return {
    items: items.slice(offset, end),
    total: items.length,
    nextOffset: end < items.length ? end : null,
    previousOffset: offset > 0 ? Math.max(0, offset - limit) : null,
  };
}

export interface NumberedPage<T> {
  items: T[];
  page: number;
  perPage: number;
  total: number;
  pages: number;
}

/** One page of `items` by page number, counted from 1 (Cloudflare). */
export function pageByNumber<T>(items: readonly T[], page: number, perPage: number): NumberedPage<T> {
  const start = (page - 1) * perPage;
  return {
    items: items.slice(start, start + perPage),
    page,
    perPage,
    total: items.length,
    pages: Math.ceil(items.length / perPage),
  };
}

/** The items after the one whose cursor is given (Render); from the start without a cursor, none after an unknown one. */
export function pageAfter<T>(
  items: readonly T[],
  cursorOf: (item: T) => string,
  cursor: string | undefined,
  limit: number,
): T[] {
  if (cursor === undefined || cursor === "") return items.slice(0, limit);
  const at = items.findIndex((item) => cursorOf(item) === cursor);
  return at < 0 ? [] : items.slice(at + 1, at + 1 + limit);
}

/** An integer from a query parameter, clamped to the bounds; the fallback for anything else. */
export function wholeNumber(text: string | undefined, fallback: number, least: number, most: number): number {
  if (text === undefined || !/^\d+$/.test(text)) return fallback;
  return Math.min(most, Math.max(least, Number(text)));
}
