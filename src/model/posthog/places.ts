/** A rectangle on a dashboard's grid. Rows have a fixed height and start at 0, as columns do. */
export interface Place {
  /** Column of the left edge, from 0. */
  readonly column: number;
  /** Row of the upper edge, from 0. */
  readonly row: number;
  /** In columns. */
  readonly width: number;
  /** In rows. */
  readonly height: number;
}

/** Columns of a dashboard's grid on a desktop, `layouts.sm` (frontend of PostHog/posthog). */
export const gridColumns = 12;

/** Whether two tiles lie over each other. */
export const overlap = (one: Place, other: Place): boolean =>
  one.column < other.column + other.width &&
  other.column < one.column + one.width &&
  one.row < other.row + other.height &&
  other.row < one.row + one.height;
