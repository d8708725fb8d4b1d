/** How often Sentry repeats an alert for one issue, in minutes: no others are taken; 0 is each time (OpenAPI, POST …/workflows/). */
export const repeatsMinutes = [0, 5, 10, 30, 60, 180, 720, 1440] as const;

export type RepeatMinutes = (typeof repeatsMinutes)[number];
