import { dashboardChanges } from "../../src/operate/changes/dashboards.ts";
import { drawChanges } from "../../src/operate/pictures/draw.ts";
import { simulatedNumbers } from "../../src/operate/pictures/simulated.ts";
import { readPlan } from "../../src/operate/plan/plan.ts";
import { previewPage } from "../../src/operate/preview/page.ts";
import { previewReport } from "../../src/operate/preview/report.ts";
import { markdown } from "../../src/operate/text/markdown.ts";
import { longestComment, shorten } from "../../src/operate/text/shorten.ts";
import { hundred } from "../operate/support/hundred.ts";
import { previewJson } from "../operate/support/plans.ts";
import { temporaryFolder } from "../support/temporary.ts";
import type { Figure } from "./evaluate.ts";

/*
 * Measures how much time `obs preview` adds to Pulumi's own, for a hundred dashboards with nine changed tiles each. The
 * events of the pictures are simulated while Pulumi works; their time is reported anyway.
 */

async function timed<T>(work: () => T | Promise<T>): Promise<[number, T]> {
  const begun = performance.now();
  const result = await work();
  return [performance.now() - begun, result];
}

export async function run(): Promise<Figure[]> {
  const json = previewJson({ before: hundred(false), after: hundred(true) });
  const [reportMs, comment] = await timed(() => {
    const report = previewReport({ stack: "production", plan: readPlan(json) });
    return markdown(shorten(previewPage(report), longestComment));
  });
  const [simulatedMs, numbers] = await timed(() => simulatedNumbers(Date.now()));
  using folder = temporaryFolder("brandvx-bench-");
  const changes = dashboardChanges(readPlan(json).changes);
  const options = { folder: folder.path, numbers, budgetMs: 3000, now: Date.now };
  const [picturesMs, drawn] = await timed(() => drawChanges(changes, options));
  numbers.close();
  return [
    { name: "plan of Pulumi", value: json.length / 1e6, unit: "MB" },
    { name: "report, cut to a comment", value: reportMs, unit: "ms" },
    { name: "the comment", value: comment.length, unit: "characters" },
    { name: "simulated events, beside Pulumi", value: simulatedMs, unit: "ms" },
    { name: "pictures", value: picturesMs, unit: "ms" },
    { name: "dashboards drawn by then", value: drawn.length, unit: "of 100" },
    { name: "beyond Pulumi, all together (5000 allowed)", value: reportMs + picturesMs, unit: "ms" },
  ];
}
