/** A mistake in a definition. Checks return all findings at once; the caller prints them. */
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
