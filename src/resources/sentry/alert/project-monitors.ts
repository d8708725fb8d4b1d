import type { SentryApi } from "../api.ts";
import type { AlertInputs } from "./inputs.ts";

export interface ProjectMonitors {
  /** Numbers of the projects. */
  projectIds: string[];
  /** Number of each project's automatic monitor, by the project's slug. */
  monitorIds: Record<string, string>;
}

/** The monitors that Sentry makes with each project: an alert on issues must be bound to one of them. */
export async function findProjectMonitors(
  api: SentryApi,
  wanted: AlertInputs["projectMonitors"],
): Promise<ProjectMonitors> {
  const found = await Promise.all(
    Object.entries(wanted).map(async ([slug, type]) => {
      const { id } = await api.project(slug);
      const [monitor] = (await api.detectors(id, type)).filter((live) => live.type === type && live.projectId === id);
      if (monitor) return { slug, projectId: id, monitorId: monitor.id };
      throw new Error(
        `project "${slug}" has no monitor of the type "${type}", which Sentry makes with each project: look at Monitors in Sentry, and whether the token may read them (alerts:read)`,
      );
    }),
  );
  return {
    projectIds: found.map(({ projectId }) => projectId),
    monitorIds: Object.fromEntries(found.map(({ slug, monitorId }) => [slug, monitorId])),
  };
}
