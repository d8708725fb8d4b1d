import { expect, test } from "vitest";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { previewReport } from "../../../src/operate/preview/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { longestComment, shorten } from "../../../src/operate/text/shorten.ts";
import { hundred } from "../support/hundred.ts";
import { planOf } from "../support/plans.ts";
import { redis } from "../support/stated.ts";

test("a hundred changed dashboards are told within a comment, with what is destroyed and every dashboard by name", () => {
  const plan = planOf({
    before: [...hundred(false), redis()],
    after: hundred(true),
  });
  const report = previewReport({ stack: "production", plan });
  const page = previewPage(report);
  expect(markdown(page).length).toBeGreaterThan(longestComment);
  const shown = markdown(shorten(page, longestComment));
  expect(shown.length).toBeLessThanOrEqual(longestComment);
  expect(shown).toContain("Redis database **state** is deleted");
  for (let i = 0; i < 100; i += 1) expect(shown).toContain(`**Board ${i}**`);
  expect(report.dashboards).toHaveLength(100);
});
