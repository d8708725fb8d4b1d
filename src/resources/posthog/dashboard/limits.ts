/** Columns of a dashboard's grid on a desktop, `layouts.sm` (frontend of PostHog/posthog). */
export const dashboardColumns = 12;
