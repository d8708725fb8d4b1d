import type { Unit } from "../format.ts";

/*
 * What a tile shows, before anything is drawn: plain data that determines the picture.
 */

export type View = OverTime | Totals | Shares | BigNumber | Table | Funnel | Histogram | Words;

/** The role of a line: one of the values, the rest, or the missing value. */
export type Tone = "value" | "other" | "missing";

/** A part of a picture that has a colour. */
interface Coloured {
  readonly name: string;
  /** Its meaning on the board: parts with the same meaning have the same colour in all tiles (views/colours.ts). */
  readonly meaning: string;
  /** Index of its colour. */
  readonly colour: number;
}

export interface Line extends Coloured {
  /** Index of the query's series or formula, from 0: with a breakdown, several lines belong to one series. */
  readonly series: number;
  readonly tone: Tone;
  readonly data: readonly number[];
  /** Whether it belongs to the earlier period that the chart is compared with. */
  readonly isEarlier: boolean;
}

export interface Goal {
  readonly label: string;
  readonly value: number;
}

/** For a view that is compared with another one. */
interface Reaching {
  /** The lowest and the highest value that the axis of values has to show. Default: of the view itself. */
  readonly reach?: readonly [lowest: number, highest: number];
}

export interface OverTime extends Reaching {
  readonly kind: "over time";
  readonly shape: "lines" | "area" | "stacked bars" | "bars";
  /** "2026-11-01" or "2026-11-01 13:00:00". */
  readonly days: readonly string[];
  /** All days of the axis, when these are only some of them. Default: these. */
  readonly axisDays?: readonly string[];
  /** The first day whose period is not over, so that its numbers still grow. Default: all are over. */
  readonly unfinishedFrom?: string;
  readonly lines: readonly Line[];
  readonly goals: readonly Goal[];
  readonly unit: Unit;
}

/** Bars for the whole time, below each other. */
export interface Totals extends Reaching {
  readonly kind: "totals";
  readonly categories: readonly string[];
  /** A value for each category; null where there is none. */
  readonly series: readonly (Coloured & {
    readonly values: readonly (number | null)[];
    /** Texts at the bars. Default: the values. */
    readonly texts?: readonly string[];
  })[];
  /** Texts at the bars of the view next to this one: the same space is reserved for them. Default: none. */
  readonly textsBeside?: readonly string[];
  readonly goals: readonly Goal[];
  readonly unit: Unit;
}

export interface Shares {
  readonly kind: "shares";
  readonly slices: readonly (Coloured & { readonly tone: Tone; readonly value: number })[];
  readonly unit: Unit;
}

export interface BigNumber {
  readonly kind: "number";
  readonly name: string;
  readonly value: number;
  /** The same for the earlier period, if it is compared. */
  readonly earlier: number | null;
  readonly unit: Unit;
}

export interface Table {
  readonly kind: "table";
  /** The first one is the name of the row. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly unit: Unit;
}

export interface Funnel {
  readonly kind: "funnel";
  readonly steps: readonly string[];
  readonly groups: readonly (Coloured & {
    readonly counts: readonly number[];
    /** Median seconds since the previous step. */
    readonly seconds: readonly (number | null)[];
  })[];
}

export interface Histogram extends Reaching {
  readonly kind: "histogram";
  /** Start of the bin in seconds, and its number of people. */
  readonly bins: readonly (readonly [fromSeconds: number, people: number])[];
  /** Where the time axis begins and ends. Default: with the bins. */
  readonly span?: readonly [fromSeconds: number, untilSeconds: number];
  readonly averageSeconds: number | null;
  readonly medianSeconds: number | null;
}

/** Nothing to draw; says why. */
export interface Words {
  readonly kind: "words";
  readonly text: string;
  readonly isFailure: boolean;
}
