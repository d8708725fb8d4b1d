/*
 * The parts of the vendors' descriptions in the fixtures, and their sources. A test that needs another operation fails
 * with a message; add the operation here and run `reduce.ts`.
 */
export interface OpenApiFile {
  /** Name of the whole description in the folder that `reduce.ts` is given. */
  readonly file: string;
  readonly source: string;
  /** "METHOD /path" as the description writes it. */
  readonly operations: readonly string[];
}

const organization = "/api/0/organizations/{organization_id_or_slug}";
const project = "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}";
const team = "/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}";
const ofTerraform = (path: string): string => path.replace("/api", "");

export const descriptions = {
  sentry: {
    file: "sentry-openapi-derefed.json",
    source: "getsentry/sentry-api-schema openapi-derefed.json @a589a26 (2026-08-16), reduced to what is asserted",
    operations: [
      `GET ${organization}/`,
      `GET ${organization}/members/`,
      `GET ${organization}/integrations/`,
      `GET ${organization}/projects/`,
      `GET ${organization}/teams/`,
      `POST ${organization}/teams/`,
      `GET ${team}/`,
      `PUT ${team}/`,
      `GET ${team}/projects/`,
      `POST ${team}/projects/`,
      `GET ${project}/`,
      `PUT ${project}/`,
      `POST ${project}/teams/{team_id_or_slug}/`,
      `DELETE ${project}/teams/{team_id_or_slug}/`,
      `GET ${project}/keys/`,
      `POST ${project}/keys/`,
      `GET ${project}/keys/{key_id}/`,
      `PUT ${project}/keys/{key_id}/`,
      `GET ${project}/filters/`,
      `GET ${project}/events/`,
      `PUT ${project}/issues/`,
      `GET ${organization}/issues/{issue_id}/`,
      `GET ${organization}/issues/{issue_id}/events/`,
      `POST ${organization}/projects/{project_id_or_slug}/detectors/`,
      `GET ${organization}/detectors/`,
      `PUT ${organization}/detectors/{detector_id}/`,
      `GET ${organization}/workflows/`,
      `POST ${organization}/workflows/`,
      `PUT ${organization}/workflows/{workflow_id}/`,
    ],
  },
  "sentry-terraform": {
    file: "sentry-tf-provider-v0.15.4-api.yaml",
    source: "jianyuan/terraform-provider-sentry internal/apiclient/api.yaml @v0.15.4, reduced to what is asserted",
    operations: [
      `GET ${ofTerraform(project)}/`,
      `PUT ${ofTerraform(project)}/`,
      `GET ${ofTerraform(project)}/keys/`,
      `POST ${ofTerraform(organization)}/projects/{project_id_or_slug}/detectors/`,
      `GET ${ofTerraform(organization)}/detectors/`,
      `GET ${ofTerraform(organization)}/detectors/{detector_id}/`,
      `PUT ${ofTerraform(organization)}/detectors/{detector_id}/`,
      `POST ${ofTerraform(organization)}/workflows/`,
      `GET ${ofTerraform(organization)}/workflows/{workflow_id}/`,
      `PUT ${ofTerraform(organization)}/workflows/{workflow_id}/`,
    ],
  },
  upstash: {
    file: "upstash-developer-api-openapi.json",
    source: "upstash/docs devops/developer-api/openapi.yml @ef0ce43 (2026-08-21), reduced to what is asserted",
    operations: [
      "POST /redis/database",
      "GET /redis/databases",
      "GET /redis/database/{id}",
      "DELETE /redis/database/{id}",
      "POST /redis/rename/{id}",
      "POST /redis/reset-password/{id}",
      "POST /redis/enable-tls/{id}",
      "POST /redis/enable-eviction/{id}",
      "POST /redis/disable-eviction/{id}",
      "POST /redis/enable-autoupgrade/{id}",
      "POST /redis/disable-autoupgrade/{id}",
      "POST /redis/{id}/change-plan",
      "POST /redis/update-regions/{id}",
      "PATCH /redis/update-budget/{id}",
      "PATCH /redis/enable-dailybackup/{id}",
      "GET /redis/stats/{id}",
    ],
  },
  render: {
    file: "render-openapi.json",
    source:
      "Render's public description, copy in api-evangelist/render @e9b0224 (2026-08-22), reduced to what is asserted",
    operations: [
      "GET /owners",
      "GET /services",
      "POST /services",
      "GET /services/{serviceId}",
      "PUT /services/{serviceId}/env-vars",
      "GET /services/{serviceId}/env-vars",
      "GET /services/{serviceId}/env-vars/{envVarKey}",
      "PUT /services/{serviceId}/env-vars/{envVarKey}",
      "DELETE /services/{serviceId}/env-vars/{envVarKey}",
      "POST /services/{serviceId}/deploys",
      "GET /services/{serviceId}/deploys",
      "GET /services/{serviceId}/deploys/{deployId}",
      "POST /services/{serviceId}/restart",
    ],
  },
} as const satisfies Record<string, OpenApiFile>;

export const schemaCut = {
  file: "posthog-query-and-api.schema.json",
  endpoints: "posthog-endpoints-index.json",
  source:
    "derived from PostHog/code apps/code/src/renderer/api/generated.ts @33a2d08 (2026-05-07), reduced to what is asserted",
  /** The kinds of a union that we create or evaluate; PostHog's answers to a query are left out everywhere. */
  unions: {
    InsightQuery: ["InsightVizNode", "DataVisualizationNode"],
    "Schemas.InsightVizNode": ["TrendsQuery", "FunnelsQuery"],
  } as Readonly<Record<string, readonly string[]>>,
  roots: [
    "InsightQuery",
    ...[
      ...["Dashboard", "Insight", "Alert", "Subscription", "Annotation", "FeatureFlag", "UserBasic"],
      ...["EventDefinition", "EnterpriseEventDefinition", "EnterprisePropertyDefinition"],
    ].map((name) => `Schemas.${name}`),
  ],
  /** Kinds of object whose operations are looked up by their path. */
  kinds: [
    ...["dashboards", "insights", "alerts", "subscriptions", "annotations", "feature_flags", "insight_variables"],
    ...["event_definitions", "property_definitions"],
  ],
} as const;

export const recordings = {
  "wire-posthog-terraform": "wire-posthog-terraform.json",
  "wire-sentry-terraform": "wire-sentry-monitors-alerts.json",
  "wire-real-plugins": "wire-real-plugins.json",
} as const;
