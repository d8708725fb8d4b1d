export type SinkStatus = "ok" | "error" | "disabled";

/** What became of what was given to a sink, each counted to the one. Together they are all that was given and is over. */
export interface SinkCounts {
  /** Events or errors that the vendor said it took. */
  readonly sent: number;
  /** Events or errors not known to have arrived: there was no room, no connection, or no time left. */
  readonly dropped: number;
  /** Events or errors of which the vendor answered that it does not take them. */
  readonly refused: number;
}

/** How a sink is, found by what it sent. */
export interface SinkDetail extends SinkCounts {
  /** "error" while the last attempt to send failed, and where a variable or a library is missing or cannot be right. */
  readonly status: SinkStatus;
  /** Why it is in error, without secrets; absent while it is not. */
  readonly reason?: string;
  /** Events or errors not sent yet. */
  readonly waiting: number;
}
