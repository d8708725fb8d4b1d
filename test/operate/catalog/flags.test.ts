import { expect, test } from "vitest";
import { booleanFlag } from "../../../src/catalog/flag.ts";
import { flagsToDrop } from "../../../src/operate/catalog/command.ts";
import { catalogReportPage } from "../../../src/operate/catalog/report-page.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";

const flag = (expires: string, rolloutPercent: number) =>
  booleanFlag({ owner: "ai", meaning: "Something", whenAway: false, expires, rules: [{ rolloutPercent }] });
const flags = flagsToDrop(
  { old: flag("2026-11-26", 50), "for-all": flag("2026-11-27", 100), useful: flag("2027-01-01", 50) },
  "2026-11-27",
);

test("flags past their day, and those that are the same for everybody, are named with their teams", () => {
  expect(flags).toEqual({
    expired: [{ flag: "old", owner: "ai", expires: "2026-11-26" }],
    same: [{ flag: "for-all", owner: "ai", value: true }],
  });
  const page = catalogReportPage({
    ...{ page: "current", revision: { number: 1, digest: "0".repeat(16), file: "current" }, events: 1, unlooked: [] },
    ...{ flags, code: undefined, apps: undefined },
  });
  expect(markdown(page)).toContain("`old` (ai) was to go on 2026-11-26: delete it from the apps' code");
  expect(markdown(page)).toContain("`for-all` (ai) is true");
});
