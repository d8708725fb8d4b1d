import type { SentryApi } from "./api.ts";

/**
 * The slug of an object's project: the defined one when it means this project, also after a renaming (which the project
 * resource reports); otherwise the slug of the actual project. A project is identified by its id alone.
 */
export async function shownSlug(api: SentryApi, defined: string, projectId: string): Promise<string> {
  if ((await api.projectNumber(defined)) === projectId) return defined;
  const real = await api.orGone(api.project(projectId));
  return real?.slug ?? `(project ${projectId})`;
}
