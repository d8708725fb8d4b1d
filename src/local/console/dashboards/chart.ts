import type { InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import {
  type BoardColours,
  type Colours,
  coloursOf,
  drawAnswer,
  formatNumber,
  formatSeconds,
  type NumbersTable,
  numbersOf,
  type OverTime,
  type TileResult,
  tileView,
  type View,
} from "../../../insights/draw/index.ts";
import { firingWords } from "./firing.ts";

/** A chart for a page: an SVG that follows the page's theme, with a description in words. */
export interface Chart {
  /** "empty": no counted event has happened yet. "failed": the query cannot be answered. */
  readonly state: "drawn" | "empty" | "failed";
  readonly svg: string;
  /** Description for screen readers. */
  readonly summary: string;
  /** The chart's numbers; null when there are none. */
  readonly numbers: NumbersTable | null;
  /** Whether the chart is a table: the page then shows an HTML table instead. */
  readonly isTable: boolean;
  /** Why the tile's alert would fire now; null when it would not. */
  readonly firing: string | null;
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

export interface ChartLook extends ChartSize {
  /** Prefix that makes the chart's element ids unique on the page. */
  readonly id: string;
  /** Colors shared by the dashboard's charts. */
  readonly board?: BoardColours;
  /** The alert on the tile. */
  readonly alert?: InsightAlertDefinition | undefined;
}

export function chartOf(query: unknown, result: TileResult, { alert, ...look }: ChartLook): Chart {
  const view = tileView(query, result);
  const svg = drawAnswer(query, result, { ...look, theme: "light" });
  return {
    state: stateOf(view),
    svg: byTheme(svg),
    summary: summaryOf(view),
    numbers: numbersOf(view) ?? null,
    isTable: view.kind === "table",
    firing: (alert && firingWords(alert, view)) ?? null,
  };
}

function stateOf(view: View): Chart["state"] {
  if (view.kind === "words") return view.isFailure ? "failed" : "empty";
  return valuesOf(view).some((value) => value !== null && value !== 0) ? "drawn" : "empty";
}

function valuesOf(view: Exclude<View, { kind: "words" }>): readonly (number | null)[] {
  switch (view.kind) {
    case "number":
      return [view.value];
    case "over time":
      return view.lines.flatMap(({ data }) => data);
    case "totals":
      return view.series.flatMap(({ values }) => values);
    case "shares":
      return view.slices.map(({ value }) => value);
    case "table":
      return view.rows.flatMap(({ values }) => values);
    case "funnel":
      return view.groups.flatMap(({ counts }) => counts);
    case "histogram":
      return view.bins.map(([, people]) => people);
  }
}

/** Names of a theme's colors as CSS variables: `--chart-text`, `--chart-series-0`, … */
function colourNames(colours: Colours): [name: string, colour: string][] {
  return Object.entries(colours).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[name, value] as [string, string]]
      : value.map((colour: string, index: number) => [`series-${index}`, colour] as [string, string]),
  );
}

/** A theme's colors as CSS declarations. */
export function chartVariables(theme: "light" | "dark"): string {
  return colourNames(coloursOf(theme))
    .map(([name, colour]) => `--chart-${name}: ${colour};`)
    .join(" ");
}

const lightNames = new Map(colourNames(coloursOf("light")).map(([name, colour]) => [colour.toLowerCase(), name]));

/** One SVG for both themes: its colors are replaced by CSS variables. */
function byTheme(svg: string): string {
  return svg.replaceAll(/#[0-9a-f]{6}\b/gi, (colour) => {
    const name = lightNames.get(colour.toLowerCase());
    return name === undefined ? colour : `var(--chart-${name})`;
  });
}

/** Describes a line with its last complete period: the number of an unfinished period would look like a fall. */
function lineSummary(
  { days, unit, unfinishedFrom }: OverTime,
  { name, data, isEarlier }: OverTime["lines"][number],
): string {
  const formatted = (value: number | undefined): string => formatNumber(value ?? 0, unit);
  const most = `at most ${formatted(data.reduce((highest, value) => Math.max(highest, value), 0))}`;
  const first = unfinishedFrom === undefined || isEarlier ? -1 : days.indexOf(unfinishedFrom);
  if (first < 0) return `${name}: last ${formatted(data.at(-1))}, ${most}`;
  const whole = first === 0 ? "" : `${formatted(data[first - 1])} in the last whole period, `;
  return `${name}: ${whole}${formatted(data.at(-1))} so far in the one that is not over (dashed), ${most}`;
}

function summaryOf(view: View): string {
  switch (view.kind) {
    case "words":
      return view.text;
    case "number":
      return `${view.name}: ${formatNumber(view.value, view.unit)}`;
    case "over time":
      return view.lines.map((line) => lineSummary(view, line)).join("; ");
    case "totals":
      return view.series
        .flatMap(({ name, values }) =>
          view.categories.map((category, index) => {
            const label = view.series.length > 1 ? `${category}, ${name}` : category;
            return `${label}: ${formatNumber(values[index] ?? 0, view.unit)}`;
          }),
        )
        .join("; ");
    case "shares":
      return view.slices.map(({ name, value }) => `${name}: ${formatNumber(value, view.unit)}`).join("; ");
    case "table":
      return `${view.rows.length} rows`;
    case "funnel":
      return view.groups
        .map(({ counts }) => view.steps.map((step, index) => `${step}: ${counts[index] ?? 0} people`).join(", "))
        .join("; ");
    case "histogram":
      return view.medianSeconds === null ? "Nobody finished." : `Median: ${formatSeconds(view.medianSeconds)}`;
  }
}
