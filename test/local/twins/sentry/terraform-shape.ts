import { openApi } from "../../../vendors/openapi.ts";

/** What Sentry's Terraform provider reads and writes: paths below `/api`. */
export const terraformApi = openApi("sentry-terraform");

/**
 * The problems that an answer causes for that provider. Two differences are allowed: the provider declares ids of
 * conditions as numbers but also reads them from text, and it reads null as empty where Sentry's own monitors have no
 * sources and conditions.
 */
export function wrongForTerraform(method: string, path: string, status: number, body: unknown): string[] {
  const wrong = terraformApi.response(method, path.replace(/^\/api/, ""), status, body);
  return wrong.filter((line) => !/conditions\/\d+\/id must be|^\/\d+\/(dataSources|conditionGroup) must be/.test(line));
}
