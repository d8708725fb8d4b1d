import type { SentryApi } from "./api.ts";

/**
 * The slug of the project that something stands in: as it is defined when that means this project, also where the project
 * was renamed since, which the project itself shows; otherwise that of the project which it really is. A project is known
 * by its number alone.
 */
export async function shownSlug(api: SentryApi, defined: string, projectId: string): Promise<string> {
  if ((await api.projectNumber(defined)) === projectId) return defined;
  const real = await api.orGone(api.project(projectId));
  return real?.slug ?? `(project ${projectId})`;
}
