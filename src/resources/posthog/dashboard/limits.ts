/** Columns of a dashboard's grid on a desktop, `layouts.sm` (frontend of PostHog/posthog). */
export const dashboardColumns = 12;

/** Longest text of a text tile, in characters (products/dashboards/backend/api/dashboard.py, create_text_tile). */
export const longestText = 4000;
