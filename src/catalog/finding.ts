/** Something that is wrong in what people wrote. Checks return all of them at once; whoever prints decides how. */
export interface Finding {
  /** File and place in it, e.g. `dashboards/ai-engagement.ts  tile "error-share"`. */
  readonly where: string;
  /** What is wrong, in one sentence that names the value. */
  readonly problem: string;
  /** What to do about it. */
  readonly fix: string;
  /** The value that was wrong, as it was found. */
  readonly value: unknown;
}
