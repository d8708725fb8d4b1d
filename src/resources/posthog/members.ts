import { hasStatus, isVendorError } from "../kernel/errors.ts";
import type { Connection } from "./settings.ts";

/**
 * Ids (numbers) of users, by their e-mail addresses. PostHog requires ids for notifications, and only the list of the
 * organization's members contains them.
 * @throws Error that names every address that is no member's, or says why the list cannot be read
 */
export async function userNumbers({ overview }: Connection, emails: readonly string[]): Promise<number[]> {
  if (emails.length === 0) return [];
  const members = await overview.members.get().catch((error) => {
    throw isConfined(error) ? new Error(confined) : error;
  });
  const missing = emails.filter((email) => !members.has(email.toLowerCase()));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(", ")} cannot be told by PostHog: they are not members of the organization; invite them in PostHog, or change who is told with pulumi config set --path 'teams.<team>.emails[0]' <e-mail>`,
    );
  }
  return emails.flatMap((email) => members.get(email.toLowerCase()) ?? []);
}

/**
 * The ids of all members by their e-mail addresses in lower case; empty when the key may not list them, which is
 * reported in a line.
 */
export async function memberNumbers({ overview, tell, host }: Connection): Promise<ReadonlyMap<string, number>> {
  try {
    return await overview.members.get();
  } catch (error) {
    if (!hasStatus(error, 403)) throw error;
    tell(`the key may not list the members of the organization at ${host}: events are given no owner`);
    return new Map();
  }
}

/**
 * True when a list of the organization is refused because the key is restricted to some of its projects
 * (posthog/permissions.py, check_team_and_org_permissions).
 */
const isConfined = (error: unknown): boolean =>
  hasStatus(error, 403) && isVendorError(error) && /scoped projects/.test(error.failure.detail);

/** What a restricted key cannot do, and how to fix that. */
export const confined =
  "PostHog tells people by their numbers, which only the organization's list of members has, and the key is confined to some projects: it may not read that list. Give the key access to the organization instead of projects (in PostHog: Settings > Personal API keys > Organization & project access), or let no alert of PostHog tell anybody";
