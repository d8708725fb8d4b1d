import type { SubscriptionDefinition } from "../../alerts/posthog/index.ts";
import type { SettingFinding } from "./findings.ts";
import type { Teams } from "./teams.ts";

/** What a stack that makes the subscriptions lacks for them: addresses of teams, and the connection to Slack. */
export function subscriptionSettingFindings(
  subscriptions: readonly SubscriptionDefinition[],
  { teams, slackIntegrationId }: { teams: Teams; slackIntegrationId: number | undefined },
  stack: string,
): SettingFinding[] {
  const set = (team: string, path: string, value: string): string =>
    `pulumi config set --stack ${stack} --path 'teams.${team}.${path}' ${value}`;
  return subscriptions.flatMap(({ title, to, by }) => {
    const what = `the subscription "${title}" goes to`;
    if (by === "e-mail")
      return to
        .filter((team) => (teams[team]?.emails ?? []).length === 0)
        .map((team) => ({
          problem: `${what} the team "${team}", which has no e-mail address`,
          fix: set(team, "emails[0]", "<e-mail>"),
        }));
    const found = to
      .filter((team) => teams[team]?.slackChannel === undefined)
      .map((team) => ({
        problem: `${what} Slack, where the team "${team}" has no channel`,
        fix: set(team, "slackChannel", "'#<channel>'"),
      }));
    if (slackIntegrationId === undefined)
      found.push({
        problem: `${what} Slack, and posthogSlackIntegrationId is not set`,
        fix: `pulumi config set --stack ${stack} posthogSlackIntegrationId <number>    (of Slack, connected in PostHog under Settings > Integrations)`,
      });
    return found;
  });
}
