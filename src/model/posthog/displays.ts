/** One of PostHog's ways to draw a trend. */
interface Display {
  /** What `trend({ display })` takes and `obs import` writes. Undefined: no builder makes it. */
  readonly word?: string;
  /** What it shows (products/product_analytics/backend/hogql_queries/trends/display.py). Undefined: the evaluator cannot say. */
  readonly values?: "over time" | "cumulative" | "total";
  /** Which picture is drawn of it. */
  readonly view: "lines" | "area" | "stacked bars" | "bars" | "totals" | "shares" | "table" | "number";
  /** What a preview calls it, behind "drawn as". */
  readonly says: string;
  /** An alert may compare its value with the one before (products/alerts/backend/api/alert.py). Default true. */
  readonly hasEarlierValue?: false;
}

/** All of them by PostHog's names. A new kind of chart is an entry here, and a sample in test/insights/draw/samples.ts. */
export const trendDisplays = {
  ActionsLineGraph: { word: "line", values: "over time", view: "lines", says: "lines" },
  ActionsLineGraphCumulative: {
    word: "cumulative line",
    values: "cumulative",
    view: "lines",
    says: "cumulative lines",
  },
  ActionsAreaGraph: { word: "area", values: "over time", view: "area", says: "areas" },
  /** Bars over time, the lines on top of each other: their height is the whole. */
  ActionsBar: { word: "stacked bars", values: "over time", view: "stacked bars", says: "stacked bars" },
  ActionsStackedBar: { values: "over time", view: "stacked bars", says: "stacked bars" },
  /** Bars over time, the lines side by side. */
  ActionsUnstackedBar: { word: "bars", values: "over time", view: "bars", says: "bars" },
  /** One bar a line or breakdown value, for the whole time. */
  ActionsBarValue: { word: "total bars", values: "total", view: "totals", says: "total bars", hasEarlierValue: false },
  ActionsProportionBar: { values: "total", view: "totals", says: "bars of proportions" },
  ActionsPie: { word: "pie", values: "total", view: "shares", says: "a pie", hasEarlierValue: false },
  ActionsDonut: { values: "total", view: "shares", says: "a ring" },
  ActionsTable: { word: "table", values: "total", view: "table", says: "a table", hasEarlierValue: false },
  BoldNumber: { word: "number", values: "total", view: "number", says: "a number", hasEarlierValue: false },
  WorldMap: { view: "lines", says: "a map", hasEarlierValue: false },
  Auto: { values: "over time", view: "lines", says: "PostHog's choice" },
} as const satisfies Readonly<Record<string, Display>>;

type Displays = typeof trendDisplays;

/** PostHog's names of those that a builder makes. */
export type ChartDisplay = {
  [Name in keyof Displays]: Displays[Name] extends { readonly word: string } ? Name : never;
}[keyof Displays];

/** How a definition calls them. */
export type TrendDisplay = Displays[ChartDisplay]["word"];

/** PostHog's name for each word of a definition. */
export const displaysByWord = Object.fromEntries(
  Object.entries<Display>(trendDisplays).flatMap(([name, { word }]) => (word === undefined ? [] : [[word, name]])),
) as Readonly<Record<TrendDisplay, ChartDisplay>>;

/** The description of a display; a query without one is drawn as lines. Undefined for a name that is not in this table. */
export const displayOf = (name: string | null | undefined): Display | undefined => {
  const known: Readonly<Record<string, Display>> = trendDisplays;
  const asked = name ?? "ActionsLineGraph";
  return Object.hasOwn(known, asked) ? known[asked] : undefined;
};
