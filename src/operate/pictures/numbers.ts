import type { QueryAnswer } from "../../insights/evaluate/index.ts";
import type { DashboardView } from "../changes/dashboards.ts";

/** Source of a picture's numbers: simulated events or PostHog. */
export interface Numbers {
  /** "simulated events", "PostHog, now" */
  readonly source: string;
  /** False: the numbers are made up; only the chart's look is meaningful. */
  readonly areReal: boolean;
  /** Time of the query: a period that was not over then is drawn as incomplete. */
  readonly askedAt: Date;
  /** Each chart's result by tile key, or a text that says why there is none. */
  readonly of: (dashboard: DashboardView) => Promise<Readonly<Record<string, TileAnswer>>>;
  readonly close: () => Promise<void>;
}

export type TileAnswer = ({ readonly answer: QueryAnswer } | { readonly failure: string }) & {
  /** Events that nothing has sent yet and that are drawn with sample values of the catalog's types. Absent: none. */
  readonly sampled?: readonly string[];
};
