import { formatNumber, formatSeconds, plainUnit, shareUnit } from "../format.ts";
import { dayName } from "./days.ts";
import { binSeconds, shownBins } from "./shown.ts";
import type { View } from "./view.ts";

/** The numbers of a picture as texts, for a table and for tooltips. */
export interface NumbersTable {
  /** The first one is the heading of the row names. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

const none = "–";

/** The view as a table, with a row for each place on its axis; undefined where it shows a text. */
export function numbersOf(view: View): NumbersTable | undefined {
  switch (view.kind) {
    case "words":
      return undefined;
    case "over time": {
      const { days, lines, unit, unfinishedFrom } = view;
      const rows = days.map((day, at) => ({
        name: unfinishedFrom !== undefined && day >= unfinishedFrom ? `${dayName(day)}, so far` : dayName(day),
        cells: lines.map(({ data }) => (data[at] === undefined ? none : formatNumber(data[at], unit))),
      }));
      return { columns: ["Time", ...lines.map(({ name }) => name)], rows };
    }
    case "totals":
      return {
        columns: ["", ...view.series.map(({ name }) => name)],
        rows: view.categories.map((name, at) => ({
          name,
          cells: view.series.map(({ values }) => formatted(values[at], view.unit)),
        })),
      };
    case "shares": {
      const whole = view.slices.reduce((sum, { value }) => sum + value, 0);
      return {
        columns: ["", "Total", "Share"],
        rows: view.slices.map(({ name, value }) => ({
          name,
          cells: [formatNumber(value, view.unit), formatNumber(whole === 0 ? 0 : value / whole, shareUnit)],
        })),
      };
    }
    case "number":
      return {
        columns: ["", "Value", ...(view.earlier === null ? [] : ["Before"])],
        rows: [
          {
            name: view.name,
            cells: [view.value, ...(view.earlier === null ? [] : [view.earlier])].map((value) =>
              formatNumber(value, view.unit),
            ),
          },
        ],
      };
    case "table":
      return {
        columns: view.columns,
        rows: view.rows.map(({ name, values }) => ({
          name,
          cells: values.map((value) => formatted(value, view.unit)),
        })),
      };
    case "funnel":
      return {
        columns: ["Step", ...view.groups.map(({ name }) => name || "People")],
        rows: view.steps.map((name, step) => ({
          name,
          cells: view.groups.map(({ counts: [entered = 0, ...others] }) => {
            const count = [entered, ...others][step] ?? 0;
            const part = formatNumber(entered === 0 ? 0 : count / entered, shareUnit);
            return `${formatNumber(count, plainUnit)} (${part})`;
          }),
        })),
      };
    case "histogram": {
      const width = binSeconds(view.bins);
      return {
        columns: ["Took", "People"],
        rows: shownBins(view).map(([from, people]) => ({
          name: width > 0 ? `${formatSeconds(from)} to ${formatSeconds(from + width)}` : formatSeconds(from),
          cells: [formatNumber(people, plainUnit)],
        })),
      };
    }
  }
}

const formatted = (value: number | null | undefined, unit: Parameters<typeof formatNumber>[1]): string =>
  value === null || value === undefined ? none : formatNumber(value, unit);
