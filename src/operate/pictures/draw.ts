import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { object } from "../../insights/define/check/json.ts";
import { drawDashboard } from "../../insights/draw/index.ts";
import type { DashboardChange, DashboardView } from "../changes/dashboards.ts";
import type { Numbers } from "./numbers.ts";

/** A dashboard before and after, as files. */
export interface DashboardPictures {
  readonly urn: string;
  readonly title: string;
  /** "before" is missing of a new dashboard, "after" of one that goes. */
  readonly pictures: readonly { readonly when: "before" | "after"; readonly light: string; readonly dark: string }[];
  /** What the picture of a shorter window shows: share of the people who would be lost, by tile. */
  readonly source: string;
}

export interface DrawOptions {
  readonly folder: string;
  readonly numbers: Numbers;
  /** After that no further dashboard is begun: a report of a hundred comes in time, with pictures of the first. */
  readonly budgetMs: number;
  readonly now: () => number;
}

/** Draws what a plan changes, in the order of the report, until the time is up. The first one is always drawn. */
export async function drawChanges(
  changes: readonly DashboardChange[],
  { folder, numbers, budgetMs, now }: DrawOptions,
): Promise<DashboardPictures[]> {
  await mkdir(folder, { recursive: true });
  const until = now() + budgetMs;
  const drawn: DashboardPictures[] = [];
  for (const { urn, key, title, before, after } of changes) {
    if (drawn.length > 0 && now() >= until) break;
    const pictures = [];
    for (const [when, view] of [
      ["before", before],
      ["after", after],
    ] as const) {
      if (view) pictures.push({ when, ...(await drawView(view, `${fileName(key)}.${when}`, { folder, numbers })) });
    }
    drawn.push({ urn, title, pictures, source: numbers.source });
  }
  return drawn;
}

async function drawView(
  view: DashboardView,
  name: string,
  { folder, numbers }: Pick<DrawOptions, "folder" | "numbers">,
): Promise<{ light: string; dark: string }> {
  const answers = await numbers.of(view);
  const results = Object.fromEntries(
    Object.entries(answers).map(([key, answered]) => [
      key,
      "answer" in answered ? { results: answered.answer.results } : answered,
    ]),
  );
  const dashboard = { title: view.title, question: view.question, tiles: drawable(view) };
  const files = { light: `${name}.light.svg`, dark: `${name}.dark.svg` };
  for (const theme of ["light", "dark"] as const) {
    await writeFile(join(folder, files[theme]), drawDashboard(dashboard, results, { theme }));
  }
  return files;
}

type Drawable = Parameters<typeof drawDashboard>[0]["tiles"];

/** A tile that somebody made by hand may lack anything: then it stands at the top left, in a usual size. */
function drawable({ tiles }: DashboardView): Drawable {
  const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return Object.fromEntries(
    Object.entries(tiles).map(([key, { kind, title, reading, query, markdown, place }]) => {
      const { column, row, width, height } = object(place);
      const rectangle = {
        column: number(column, 0),
        row: number(row, 0),
        width: number(width, 6),
        height: number(height, 5),
      };
      return kind === "text"
        ? [key, { kind, markdown: text(markdown), place: rectangle }]
        : [key, { kind: "insight" as const, title: text(title), reading: text(reading), query, place: rectangle }];
    }),
  );
}

/** A key is made of letters, digits and hyphens, unless somebody wrote another one. */
const fileName = (key: string): string =>
  key
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 80) || "dashboard";
