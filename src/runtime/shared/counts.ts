export type SinkStatus = "ok" | "error" | "disabled";

/** Results of everything given to a sink, counted exactly. Their sum is everything that is no longer pending. */
export interface SinkCounts {
  /** Events or errors that the vendor accepted. */
  readonly sent: number;
  /** Events or errors not known to have arrived: the queue was full, or there was no connection or no time left. */
  readonly dropped: number;
  /** Events or errors that the vendor refused. */
  readonly refused: number;
}

/** Status of a sink, from the results of its requests. */
export interface SinkDetail extends SinkCounts {
  /** "error" while the last attempt to send failed, and when a variable or a library is missing or invalid. */
  readonly status: SinkStatus;
  /** Why it is in error, without secrets; absent while it is not. */
  readonly reason?: string;
  /** Events or errors not sent yet. */
  readonly waiting: number;
}
