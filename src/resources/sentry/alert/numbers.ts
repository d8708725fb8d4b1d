import type { SentryApi } from "../api.ts";
import type { AlertInputs, Numbers } from "./inputs.ts";

export interface ResolvedNumbers extends Numbers {
  projectIds: Record<string, string>;
}

/**
 * Sentry's ids (numbers) of the projects, monitors and people in a definition.
 * @throws Error that lists everything that Sentry does not know.
 */
export async function findNumbers(api: SentryApi, { projectMonitors, emails }: AlertInputs): Promise<ResolvedNumbers> {
  const [monitors, userIds] = await Promise.all([findProjectMonitors(api, projectMonitors), findUsers(api, emails)]);
  return { ...monitors, userIds };
}

/** The monitors that Sentry creates with each project: an alert on issues must be connected to one of them. */
async function findProjectMonitors(api: SentryApi, wanted: AlertInputs["projectMonitors"]) {
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
    projectIds: Object.fromEntries(found.map(({ slug, projectId }) => [slug, projectId])),
    projectMonitorIds: Object.fromEntries(found.map(({ slug, monitorId }) => [slug, monitorId])),
  };
}

/** Sentry identifies people by ids, which only the list of members contains. */
async function findUsers(api: SentryApi, emails: readonly string[]): Promise<Record<string, string>> {
  if (emails.length === 0) return {};
  const ids = new Map<string, string>();
  for (const { email, user } of await api.members()) {
    if (!user) continue;
    const addresses = [email, user.email, ...(user.emails ?? []).map((other) => other.email)];
    for (const address of addresses) if (address) ids.set(address.toLowerCase(), user.id);
  }
  const missing = emails.filter((email) => !ids.has(email.toLowerCase()));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(", ")} cannot be told by Sentry: they are not members of the organization "${api.organization}", or have not accepted the invitation; invite them in Sentry (Settings > Members), or change who is told with pulumi config set --path 'teams.<team>.emails[0]' <e-mail>`,
    );
  }
  return Object.fromEntries(emails.map((email) => [email, ids.get(email.toLowerCase()) ?? ""]));
}
