import {
  type Colours,
  coloursOf,
  drawAnswer,
  formatNumber,
  formatSeconds,
  type TileResult,
  tileView,
  type View,
} from "../../../insights/draw/index.ts";

/** A picture for a page: it changes with the page's theme, and says in words what it shows. */
export interface Chart {
  /** "empty" where nothing has happened yet that the tile counts, "failed" where its query cannot be answered. */
  readonly state: "drawn" | "empty" | "failed";
  readonly svg: string;
  /** For who does not see the picture. */
  readonly summary: string;
  /** Given where the picture is a table: the page then shows a real one. */
  readonly table: Extract<View, { kind: "table" }> | null;
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** @param id tells the chart's parts from those of others on the page */
export function chartOf(query: unknown, result: TileResult, size: ChartSize, id: string): Chart {
  const view = tileView(query, result);
  const svg = drawAnswer(query, result, { ...size, theme: "light", id });
  return {
    state: stateOf(view),
    svg: byTheme(svg),
    summary: summaryOf(view),
    table: view.kind === "table" ? view : null,
  };
}

function stateOf(view: View): Chart["state"] {
  if (view.kind === "words") return view.isFailure ? "failed" : "empty";
  return numbersOf(view).some((value) => value !== null && value !== 0) ? "drawn" : "empty";
}

function numbersOf(view: Exclude<View, { kind: "words" }>): readonly (number | null)[] {
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

/** Names of a theme's colours as CSS variables: `--chart-text`, `--chart-series-0`, … */
function colourNames(colours: Colours): [name: string, colour: string][] {
  return Object.entries(colours).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[name, value] as [string, string]]
      : value.map((colour: string, index: number) => [`series-${index}`, colour] as [string, string]),
  );
}

/** The colours of a theme, as declarations of a style sheet. */
export function chartVariables(theme: "light" | "dark"): string {
  return colourNames(coloursOf(theme))
    .map(([name, colour]) => `--chart-${name}: ${colour};`)
    .join(" ");
}

const lightNames = new Map(colourNames(coloursOf("light")).map(([name, colour]) => [colour.toLowerCase(), name]));

/** One picture for both themes: its colours become the page's. */
function byTheme(svg: string): string {
  return svg.replaceAll(/#[0-9a-f]{6}\b/gi, (colour) => {
    const name = lightNames.get(colour.toLowerCase());
    return name === undefined ? colour : `var(--chart-${name})`;
  });
}

function summaryOf(view: View): string {
  switch (view.kind) {
    case "words":
      return view.text;
    case "number":
      return `${view.name}: ${formatNumber(view.value, view.unit)}`;
    case "over time":
      return view.lines
        .map(({ name, data }) => {
          const last = formatNumber(data.at(-1) ?? 0, view.unit);
          return `${name}: now ${last}, at most ${formatNumber(Math.max(0, ...data), view.unit)}`;
        })
        .join("; ");
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
