/** Sentry returns the parts of an alert in any order; their ids are in order of creation. */
export const byId = (a: { id: string }, b: { id: string }): number => Number(a.id) - Number(b.id);
