import type { QueryAnswer } from "../../insights/evaluate/index.ts";
import type { DashboardView } from "../changes/dashboards.ts";

/** Where the numbers of a picture come from: simulated events, or PostHog itself. */
export interface Numbers {
  /** "simulated events", "PostHog, now" */
  readonly source: string;
  /** False: a chart looks as it would, and its numbers mean nothing. */
  readonly areReal: boolean;
  /** When they are asked for: a period that is not over then is drawn so. */
  readonly askedAt: Date;
  /** The answer to each chart's query, by the tile's key; in words why there is none. */
  readonly of: (dashboard: DashboardView) => Promise<Readonly<Record<string, TileAnswer>>>;
  readonly close: () => Promise<void>;
}

export type TileAnswer = ({ readonly answer: QueryAnswer } | { readonly failure: string }) & {
  /** Events that nothing has sent yet, and whose values are samples of the catalog's types. Absent: there is none. */
  readonly sampled?: readonly string[];
};
