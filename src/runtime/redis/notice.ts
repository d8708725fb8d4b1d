/** A log message: one line when a condition begins, one when it ends. */
export interface Notice {
  readonly kind:
    | "redis-down"
    | "redis-up"
    | "redis-refuses"
    | "redis-takes"
    | "redis-found"
    | "redis-lost"
    | "event-dropped"
    | "option"
    | "variable";
  readonly message: string;
}
