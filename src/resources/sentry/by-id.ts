/** Sentry gives the parts of an alert in any order; their numbers tell the order in which they were made. */
export const byId = (a: { id: string }, b: { id: string }): number => Number(a.id) - Number(b.id);
