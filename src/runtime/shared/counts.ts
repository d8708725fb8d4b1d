export type SinkStatus = "ok" | "error" | "disabled";

/** What became of what was given to a sink, each counted to the one. Together they are all that was given and is over. */
export interface SinkCounts {
  /** Taken by the vendor, which said so. */
  readonly sent: number;
  /** Never known to have arrived: there was no room, no connection, or no time left. */
  readonly dropped: number;
  /** The vendor answered that it does not take them. */
  readonly refused: number;
}

/** How a sink is, found by what it sent. */
export interface SinkDetail extends SinkCounts {
  /** "error" while the last attempt to send failed, and where a variable or a library is missing or cannot be right. */
  readonly status: SinkStatus;
  /** Why it is in error, without secrets. */
  readonly reason?: string;
  /** Not sent yet. */
  readonly waiting: number;
}
