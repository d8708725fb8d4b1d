/** An event as PostHog stores it: what the capture endpoint makes of what a library sends. */
export interface StoredEvent {
  readonly event: string;
  readonly distinct_id: string;
  /**
   * Person of the distinct id when the event came in. Default: the person that {@link EventTable.mapPersons} sets for
   * the distinct id, else a separate person for each distinct id.
   */
  readonly person_id?: string | undefined;
  /** ISO 8601 with an offset, or milliseconds since 1970, or a Date. Microseconds are kept. */
  readonly timestamp: string | number | Date;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  /** The person's properties as they were when the event came in; person filters read these. */
  readonly person_properties?: Readonly<Record<string, unknown>> | undefined;
  /** Not read: no evaluated query depends on it, and PostHog's queries do not remove duplicates either. */
  readonly uuid?: string | undefined;
}
