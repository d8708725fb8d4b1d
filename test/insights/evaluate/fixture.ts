import type { StoredEvent } from "../../../src/insights/evaluate/index.ts";
import { does, node } from "./support.ts";

/*
 * Four people in January 2020, all at noon: the data that PostHog's own tests of trends are made of (PostHog:
 * products/product_analytics/backend/hogql_queries/trends/test/test_trends_query_runner.py).
 */

const days = (list: string) => list.split(" ").map((day) => `2020-01-${day}`);

const people = {
  p1: { $browser: "Chrome", prop: 10, bool_field: true },
  p2: { $browser: "Firefox", prop: 20, bool_field: false },
  p3: { $browser: "Edge", prop: 30, bool_field: true },
  p4: { $browser: "Safari", prop: 40, bool_field: false },
} as const;

const act = (person: keyof typeof people, event: string, list: string) =>
  does(person, event, days(list), people[person]);

export const january: readonly StoredEvent[] = [
  ...act("p1", "$pageview", "11 12 13 15 17 19"),
  ...act("p2", "$pageview", "09 12"),
  ...act("p3", "$pageview", "12"),
  ...act("p4", "$pageview", "15"),
  ...act("p1", "$pageleave", "11 12 13"),
  ...act("p2", "$pageleave", "13"),
  ...act("p3", "$pageleave", "13"),
  ...act("p4", "$pageleave", "16"),
];

export const wholeRange = { date_from: "2020-01-09", date_to: "2020-01-19" };

export const views = node("$pageview");
export const leaves = node("$pageleave");
