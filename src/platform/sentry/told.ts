import type { AlertAction } from "@brandvx/resources/sentry";
import type { Owner } from "../../catalog/owners.ts";
import type { Teams } from "../settings/teams.ts";

/** Members of these teams, each once. */
export const emailsOf = (notify: readonly Owner[], teams: Teams): string[] => [
  ...new Set(notify.flatMap((team) => teams[team]?.emails ?? [])),
];

/** A message to the channel of each of these teams that has one; none where Sentry is not connected to Slack. */
export function slackActionsOf(
  notify: readonly Owner[],
  teams: Teams,
  integrationId: string | undefined,
): Record<string, AlertAction> {
  if (integrationId === undefined) return {};
  const channels = new Set(notify.flatMap((team) => teams[team]?.slackChannel ?? []).map(withoutSign));
  return Object.fromEntries([...channels].map((channel) => [`Slack #${channel}`, toSlack(integrationId, channel)]));
}

/** Sentry looks the channel's id up by its name, which has no sign. */
const toSlack = (integrationId: string, channel: string): AlertAction => ({
  type: "slack",
  integrationId,
  config: { targetType: "specific", targetIdentifier: "", targetDisplay: channel },
});

const withoutSign = (channel: string): string => channel.replace(/^#/, "");
