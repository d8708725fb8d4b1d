import { pageByOffset, wholeNumber } from "../../kit/index.ts";

/** PostHog's list envelope: 100 per page unless `limit` is given; next and previous are absolute URLs. */
export function page<Item, Answer>(url: URL, items: readonly Item[], answer: (item: Item) => Answer): Response {
  const limit = wholeNumber(url.searchParams.get("limit") ?? undefined, 100, 0, Number.MAX_SAFE_INTEGER) || 100;
  const offset = wholeNumber(url.searchParams.get("offset") ?? undefined, 0, 0, Number.MAX_SAFE_INTEGER);
  const found = pageByOffset(items, offset, limit);
  const at = (neighbour: number | null) => {
    if (neighbour === null) return null;
    const there = new URL(url);
    there.searchParams.set("limit", String(limit));
    if (neighbour === 0) there.searchParams.delete("offset");
    else there.searchParams.set("offset", String(neighbour));
    there.searchParams.delete("personal_api_key");
    there.searchParams.sort();
    return there.href;
  };
  return Response.json({
    count: found.total,
    next: at(found.nextOffset),
    previous: at(found.previousOffset),
    results: found.items.map(answer),
  });
}

/** Substring search like the exact part of PostHog's, case-insensitive; its fuzzy part is not modelled. */
export function mentions(term: string, ...texts: readonly (string | null)[]): boolean {
  const wanted = term.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(wanted) ?? false);
}
