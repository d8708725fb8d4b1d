import { openApi } from "../../../vendors/openapi.ts";

/** What Sentry's Terraform provider reads and writes: paths below `/api`. */
export const terraformApi = openApi("sentry-terraform");

/**
 * What is wrong with an answer for that provider. Two things are not: it calls ids of conditions numbers but reads them from
 * text, too, and it reads the null that Sentry's own monitors have for sources and conditions as empty.
 */
export function wrongForTerraform(method: string, path: string, status: number, body: unknown): string[] {
  const wrong = terraformApi.response(method, path.replace(/^\/api/, ""), status, body);
  return wrong.filter((line) => !/conditions\/\d+\/id must be|^\/\d+\/(dataSources|conditionGroup) must be/.test(line));
}
