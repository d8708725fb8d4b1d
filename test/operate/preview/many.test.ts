import { expect, test } from "vitest";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { previewReport } from "../../../src/operate/preview/report.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { longestComment, shorten } from "../../../src/operate/text/shorten.ts";
import { planOf, type Stated } from "../support/plans.ts";
import { dashboard, redis, withTile } from "../support/stated.ts";

/** A hundred dashboards, and the same with each chart asked anew. */
function hundred(change: boolean): Stated[] {
  const original = dashboard("cadence-throughput");
  return Array.from({ length: 100 }, (_, i): Stated => {
    const keys = Object.keys(original.inputs.tiles as object);
    const stated = {
      ...original,
      name: `board-${i}`,
      inputs: { ...original.inputs, key: `board-${i}`, title: `Board ${i}` },
    };
    if (!change) return stated;
    return keys.reduce<Stated>(
      (board, key) =>
        withTile(
          board,
          key,
          (tile) => ({ ...tile, title: `${"Another title ".repeat(6)}${i}`, reading: "x".repeat(200) }) as typeof tile,
        ),
      stated,
    );
  });
}

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
