import type { Connection } from "./settings.ts";

/**
 * Numbers of users, by their e-mail addresses. PostHog takes numbers where it tells people something, and the list of the
 * organization's members is the one place that gives them.
 * @throws Error that names every address that is no member's
 */
export async function userNumbers({ overview }: Connection, emails: readonly string[]): Promise<number[]> {
  if (emails.length === 0) return [];
  const members = await overview.members.get();
  const missing = emails.filter((email) => !members.has(email.toLowerCase()));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(", ")} cannot be told by PostHog: they are not members of the organization; invite them in PostHog, or change who is told with pulumi config set --path 'teams.<team>[0]' <e-mail>`,
    );
  }
  return emails.flatMap((email) => members.get(email.toLowerCase()) ?? []);
}
