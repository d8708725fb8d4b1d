import { z } from "zod";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { SettingFinding } from "./findings.ts";
import type { Sources } from "./sources.ts";
import { parsed } from "./structured.ts";

const team = z.strictObject({
  /** Members of BrandVX's organization at PostHog and Sentry. */
  emails: z.array(z.email("is not an e-mail address")).default([]),
  /** Slack channel with its "#", for vendors that are connected to Slack. */
  slackChannel: z.string().optional(),
});

const teamsSchema = z.partialRecord(z.enum(Object.keys(owners) as [Owner, ...Owner[]]), team);

/** Who is told, by the team that an alert names. */
export type Teams = z.infer<typeof teamsSchema>;

/** Reads `teams` of the stack's configuration, and finds teams that an alert would tell although nobody is in them. */
export function readTeams(
  { config, stack }: Sources,
  notified: readonly Owner[],
): { teams: Teams; findings: SettingFinding[] } {
  const given = config("teams");
  const read = teamsSchema.safeParse(parsed(given));
  if (!read.success) {
    const findings = read.error.issues.map(({ path, message }) => ({
      problem: `teams.${path.map(String).join(".")} ${message}`,
      fix: setTeam(stack, "<team>"),
    }));
    return { teams: {}, findings };
  }
  const empty = [...new Set(notified)].filter((owner) => (read.data[owner]?.emails ?? []).length === 0);
  return {
    teams: read.data,
    findings: empty.map((owner) => ({
      problem: `alerts tell the team "${owner}", which has no e-mail address`,
      fix: setTeam(stack, owner),
    })),
  };
}

const setTeam = (stack: string, owner: string): string =>
  `pulumi config set --stack ${stack} --path 'teams.${owner}.emails[0]' <e-mail>`;
