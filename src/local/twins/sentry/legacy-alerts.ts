import { refusal } from "../kit/index.ts";
import { organizationPath, projectPath, type SentryParts } from "./parts.ts";

/**
 * The alert API before monitors and workflows. sentry.io has answered 410 since 2026-09, with a header that refers to
 * the replacement (getsentry/sentry: src/sentry/api/helpers/deprecation.py).
 */
export function legacyAlertRoutes({ app, organization }: SentryParts): void {
  const gone = (): never => {
    throw refusal(
      410,
      { detail: "This API no longer exists." },
      {
        "X-Sentry-Deprecation-Date": "2026-05-14T00:00:00+00:00",
        "X-Sentry-Replacement-Endpoint": `/api/0/organizations/${organization.slug}/workflows/`,
      },
    );
  };
  for (const name of ["rules", "rule-task", "alert-rules", "alert-rule-task"])
    app.all(`${projectPath}/${name}/*`, gone);
  for (const name of ["alert-rules", "combined-rules"]) app.all(`${organizationPath}/${name}/*`, gone);
}
