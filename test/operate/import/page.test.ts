import { expect, test } from "vitest";
import { importPage } from "../../../src/operate/import/page.ts";
import type { ImportReport } from "../../../src/operate/import/report.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";

const adopted: ImportReport = {
  ...{ stack: "production", action: "adopt", dryRun: false, owner: "platform", isOwnerAssumed: true, source: "…" },
  dashboard: { id: "42", url: "https://us.posthog.com/project/1/dashboard/42", title: "Sales", key: "sales" },
  files: ["dashboards/sales.ts", "dashboards/index.ts"],
  tiles: [
    { key: "prompts", title: "Prompts", kind: "insight" },
    { key: "views", title: "Views", kind: "insight", raw: ["the event $autocapture is not in the catalog"] },
    { key: "top", title: "Top accounts", kind: "insight", raw: ["SQL"] },
  ],
  leftAlone: ["flags"],
  lostAlerts: [],
  accepted: {},
  gaps: [
    { event: "$autocapture", entry: "$autocapture: event({\n  …\n}),", note: "add it to `namingExceptions`, too" },
    { event: "ask.prompt_submitted", property: "plan", entry: "plan: { … }," },
    { event: "ask.prompt_submitted", property: "email", note: "email must never leave BrandVX" },
  ],
};

const page = (report: ImportReport): string => terminal(importPage(report), { colors: false });

test("an adoption says what was done, what stayed as it was, what the catalog lacks and what comes next", async () => {
  await expect(page(adopted)).toMatchFileSnapshot("__snapshots__/adopted.txt");
});

test("a change by hand that was kept says what changed, and which alerts have lost their tile", async () => {
  const kept: ImportReport = {
    ...{ ...adopted, action: "keep", isOwnerAssumed: false, files: ["dashboards/sales.ts"], leftAlone: [], gaps: [] },
    tiles: adopted.tiles.slice(0, 1),
    changes: { fields: ["title"], changed: ["prompts"], added: [], removed: ["errors"] },
    lostAlerts: ["sales/errors"],
  };
  await expect(page(kept)).toMatchFileSnapshot("__snapshots__/kept.txt");
});

test("where nothing differs, that is all it says", () => {
  const same: ImportReport = {
    ...{ ...adopted, action: "keep", files: [], leftAlone: [], gaps: [], tiles: [] },
    changes: { fields: [], changed: [], added: [], removed: [] },
  };
  expect(page(same)).toBe("production: Sales (42) is as dashboards/sales.ts says\n");
});
