import { describe, expect, test } from "vitest";
import { printSummary, printVariables, variableRows } from "../../../src/local/summary.ts";
import { driftPage } from "../../../src/operate/drift/page.ts";
import { driftReport } from "../../../src/operate/drift/report.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { previewReport } from "../../../src/operate/preview/report.ts";
import { setupPage } from "../../../src/operate/setup/page.ts";
import type { SetupReport } from "../../../src/operate/setup/report.ts";
import type { Document } from "../../../src/operate/text/document.ts";
import { code, plain, say } from "../../../src/operate/text/phrase.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";
import { planOf } from "../support/plans.ts";
import { byHand, large, unruly } from "../support/worlds.ts";

const setup: SetupReport = {
  ...{ stack: "production", dryRun: true, isNewStack: true, storedKeys: [], settings: [], commands: [] },
  vendors: [
    {
      vendor: "PostHog",
      state: "refused",
      found: [`https://us.posthog.com does not accept the key. ${"Look at it. ".repeat(9)}`],
      lacks: [],
    },
    {
      vendor: "Sentry",
      state: "looked at",
      found: ["the organization brandvx"],
      lacks: ["team:admin (to make the team, and delete it)"],
    },
  ],
  questions: [
    {
      path: "redis.budget",
      ask: "How many US dollars a month may the new database cost at most? ".repeat(2),
      choices: [],
      isOpen: true,
    },
  ],
  missing: [],
};
const reports: Record<string, Document> = {
  preview: previewPage(previewReport({ stack: "production", plan: planOf(large) })),
  policy: previewPage(previewReport({ stack: "production", plan: planOf(unruly) })),
  drift: driftPage(driftReport("production", { live: planOf(byHand) })),
  setup: setupPage(setup),
};

/** Lines that must not be broken: a command, a code name, an address. */
const isWhole = (line: string): boolean =>
  /\b(pulumi|npx obs|npm run|gh|export) [a-z-]/.test(line) ||
  line.trim().split(" ").length <= 2 ||
  /https?:|::/.test(line);

describe.for(Object.entries(reports))("%s", ([, page]) => {
  const whole = terminal(page, { colors: false });

  test.for([60, 80, 120])("fits a terminal of %i characters, with every word of it", (columns) => {
    const narrow = terminal(page, { colors: false, columns });
    const tooLong = narrow.split("\n").filter((line) => line.length > columns && !isWhole(line));
    expect(tooLong).toEqual([]);
    const words = (text: string) => text.split(/\s+/).filter(Boolean).join(" ");
    if (!/ {3}\S/.test(whole)) expect(words(narrow)).toBe(words(whole));
    for (const word of new Set(words(whole).split(" "))) expect(narrow).toContain(word);
  });

  test("is not broken in a file", () => {
    expect(whole).toBe(terminal(page, { colors: false, columns: 100_000 }));
  });
});

test("a command stays one line at any width, since it is copied", () => {
  const command =
    "pulumi up --stack production --target '**Dashboard::activation-funnel' --target-dependents --refresh --run-program";
  const page: Document = {
    headline: plain("One thing"),
    sections: [
      {
        importance: 0,
        more: () => plain(""),
        items: [
          {
            kind: "line",
            text: say`Put back with ${code(command)}, and no more`,
            notes: [plain(`${command}    (all of it)`)],
          },
        ],
      },
    ],
  };
  const lines = terminal(page, { colors: false, columns: 60 }).split("\n");
  expect(lines.filter((line) => line.includes(command))).toHaveLength(2);
});

test.for([60, 80, 120])(
  "the summary of npm start fits %i characters, but for names and addresses that are longer",
  (columns) => {
    const rows = ["activation-funnel", "ai-engagement", "cadence-throughput"].map((name) => ({
      ...{ vendor: "posthog", kind: "Dashboard", name, what: "created" as const },
      address: `http://127.0.0.1:8771/project/1/dashboard/${name.length}000`,
    }));
    const text = `${printSummary({ rows, removed: [], writes: { posthog: 30 } }, columns)}\n${printVariables(
      variableRows(() => true),
      columns,
    )}`;
    const tooLong = text.split("\n").filter((line) => line.length > columns);
    expect(tooLong).toEqual([]);
    for (const { name, address } of rows) {
      expect(text).toContain(name);
      expect(text).toContain(address);
    }
  },
);
