import { expect, test } from "vitest";
import { sentryTexts } from "../../src/model/sentry/texts.ts";
import { readFixture } from "../vendors/openapi.ts";

interface Schema {
  maxLength?: number;
  properties?: Record<string, Schema>;
}
interface Description {
  paths: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>>;
}

const api: Description = readFixture("sentry");
const organization = "/api/0/organizations/{organization_id_or_slug}";

test.each([
  ["teamName", `${organization}/teams/`, "name"],
  ["teamSlug", `${organization}/teams/`, "slug"],
  ["projectName", "/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}/projects/", "name"],
  ["projectSlug", "/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}/projects/", "slug"],
  ["keyName", "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/keys/", "name"],
  ["monitorName", `${organization}/projects/{project_id_or_slug}/detectors/`, "name"],
  ["alertName", `${organization}/workflows/`, "name"],
] as const)("%s is what Sentry's own description of POST %s says", (field, path, property) => {
  const schema = api.paths[path]?.post?.requestBody?.content?.["application/json"]?.schema;
  expect(schema?.properties?.[property]?.maxLength).toBe(sentryTexts[field]);
});
