import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { propertyHolds } from "../../../src/local/twins/posthog/flags/operators.ts";
import { countEvents } from "../../../src/local/twins/posthog/queries/count.ts";
import { issueMatches } from "../../../src/local/twins/sentry/issue-search.ts";
import type { Issue } from "../../../src/local/twins/sentry/model.ts";

const at = { now: new Date(0), timezone: "UTC" };
const holds = (operator: string, value: unknown, actual: unknown) =>
  propertyHolds({ key: "p", operator, value }, { p: actual }, at);

/** Without a bound each of these takes minutes or more, so that the limit does not depend on the machine's speed. */
const soonMs = 5_000;
function soon<T>(work: () => T): T {
  const start = performance.now();
  const result = work();
  expect(performance.now() - start).toBeLessThan(soonMs);
  return result;
}

const many = (text: string, count = 500_000) => text.repeat(count);

test.each([
  ["regex", "(a+)+$", `${many("a", 40)}!`],
  ["not_regex", "(a+)+$", `${many("a", 40)}!`],
  ["regex", "^(\\w+\\s?)*$", `${many("word ", 20)}!`],
  ["regex", "(x+x+)+y", many("x", 60)],
  ["regex", "(?=(a+)+$)", `${many("a", 40)}!`],
  ["regex", "(", "a"],
  ["gt", 1, `${many("1")}!`],
  ["semver_gt", "1.0.0", `${many("0")}x`],
  ["is_date_before", "2026-01-01", many("T")],
])("a flag's filter %s %s answers no in bounded time, whatever the person's value is", (operator, value, actual) => {
  expect(soon(() => holds(operator, value, actual))).toBe(false);
});

test.each([
  ["regex", "^p.o$", "pro", true],
  ["not_regex", "^p.o$", "pro", false],
  ["not_regex", "^p.o$", "free", true],
  ["regex", "^(?!free).*", "pro", true],
  ["gt", "1.", "2.", true],
  ["gt", ".5", "1e3", true],
  ["semver_eq", "3.8.0", "v3.08", true],
  ["semver_eq", "0.0.0", "000", true],
])("a flag's filter %s %s of %s is %s", (operator, value, actual, expected) => {
  expect(holds(operator, value, actual)).toBe(expected);
});

const titled = (title: string) => ({ title, culprit: "", shortId: "" }) as Issue;
const finds = (pattern: string, title: string) => issueMatches(`title:"${pattern}"`, titled(title), () => []);

test("a search of issues with many stars answers in bounded time", () => {
  expect(soon(() => finds(`${many("a*", 40)}b`, many("a", 5_000)))).toBe(false);
});

test.each([
  ["*", "", true],
  ["type*", "TypeError: x", true],
  ["*error*", "TypeError: x", true],
  ["*x", "TypeError: x", true],
  ["ab*ba", "aba", false],
  ["ab*ba", "abba", true],
  ["a*b*a", "aba", true],
  ["a.c*", "abc", false],
])("the pattern %s is found in the title %j: %s", (pattern, title, expected) => {
  expect(finds(pattern, title)).toBe(expected);
});

test("a query that counts nothing is known for it in bounded time", () => {
  for (const blanks of [4_000, 500_000]) {
    expect(soon(() => countEvents(`select count() from events where x${many(" ", blanks)}!`, []))).toBeNull();
    expect(soon(() => countEvents(`select count(${many(" ", blanks)}!`, []))).toBeNull();
  }
  expect(countEvents(" select count( * ) as n from events limit 5 ; ", [])).toBe(0);
});
