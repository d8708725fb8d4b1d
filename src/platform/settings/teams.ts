import { z } from "zod";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { slug as sentrySlug } from "./sentry.ts";
import { parsed, plainWords } from "./structured.ts";

const team = z.strictObject({
  /** E-mail addresses of members of BrandVX's organization at PostHog and Sentry. */
  emails: z.array(z.email("is not an e-mail address")).default([]),
  /** Slack channel with its "#", for vendors that are connected to Slack. */
  slackChannel: z.string().optional(),
  /** Slug of an existing Sentry team that gets its issues; absent: the stack's team (`sentryTeam`). */
  sentryTeam: sentrySlug.optional(),
});

/** Who is notified, by the team that an alert sets. */
export type Teams = Partial<Record<Owner, z.infer<typeof team>>>;

/** Reads `teams` of the stack's configuration, and reports teams without members that an alert would notify. */
export function readTeams(
  { config, stack }: SettingsReader,
  notified: readonly Owner[],
): { teams: Teams; findings: SettingFinding[] } {
  const given = z.record(z.string(), z.unknown()).safeParse(parsed(config("teams")));
  const teams: Teams = {};
  const findings: SettingFinding[] = given.success
    ? []
    : [{ problem: "teams is not a group of teams", fix: `pulumi config rm --stack ${stack} teams` }];
  for (const [name, value] of Object.entries(given.data ?? {})) {
    const read = team.safeParse(value, { error: plainWords });
    if (!isOwner(name)) {
      findings.push({
        problem: `teams.${name} is not a team: ${Object.keys(owners).join(", ")}`,
        fix: `pulumi config rm --stack ${stack} --path 'teams.${name}'`,
      });
    } else if (read.success) {
      teams[name] = read.data;
    } else {
      teams[name] = { emails: ["(wrong)"] };
      for (const { path, ...issue } of read.error.issues) {
        const words =
          issue.code === "unrecognized_keys" ? `has parts that nobody reads: ${issue.keys.join(", ")}` : issue.message;
        findings.push({
          problem: `teams.${[name, ...path.map(String)].join(".")} ${words}`,
          fix: setTeam(stack, name),
        });
      }
    }
  }
  const empty = [...new Set(notified)].filter((owner) => (teams[owner]?.emails ?? []).length === 0);
  for (const owner of empty) {
    findings.push({
      problem: `alerts tell the team "${owner}", which has no e-mail address`,
      fix: setTeam(stack, owner),
    });
  }
  return { teams, findings };
}

const isOwner = (name: string): name is Owner => Object.hasOwn(owners, name);

const setTeam = (stack: string, owner: string): string =>
  `pulumi config set --stack ${stack} --path 'teams.${owner}.emails[0]' <e-mail>`;
