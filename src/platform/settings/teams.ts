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
export type Teams = Partial<Record<Owner, z.infer<typeof team> & { webhook?: string }>>;

/** Reads `teams` of the stack's configuration, and reports teams without members that an alert would notify. */
export function readTeams(
  sources: SettingsReader,
  notified: readonly Owner[],
): { teams: Teams; findings: SettingFinding[] } {
  const { config, stack } = sources;
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
  for (const [name, value] of Object.entries(readWebhooks(sources, findings)))
    if (isOwner(name)) teams[name] = { emails: [], ...teams[name], webhook: value };
  const empty = [...new Set(notified)].filter((owner) => (teams[owner]?.emails ?? []).length === 0);
  for (const owner of empty) {
    findings.push({
      problem: `alerts tell the team "${owner}", which has no e-mail address`,
      fix: setTeam(stack, owner),
    });
  }
  return { teams, findings };
}

const webhook = z.url({ protocol: /^https?$/ });

/**
 * Addresses to which PostHog posts fired alerts, by team. Whoever has one can post there, so they are encrypted, in a value
 * of their own: `pulumi config` and `obs` do not show the rest of a group with a secret in it.
 */
function readWebhooks({ config, stack, isPlain }: SettingsReader, findings: SettingFinding[]): Record<string, string> {
  const set = (name: string): string =>
    `pulumi config set --stack ${stack} --secret --path 'teamWebhooks.${name}' <address>`;
  if (isPlain?.("teamWebhooks")) {
    findings.push({
      problem: "teamWebhooks is stored in clear, and whoever has such an address can post there",
      fix: `pulumi config rm --stack ${stack} teamWebhooks, then, with new addresses, ${set("<team>")}`,
    });
    return {};
  }
  const given = z.record(z.string(), z.unknown()).safeParse(parsed(config("teamWebhooks")));
  if (!given.success)
    findings.push({
      problem: "teamWebhooks is not a group of addresses",
      fix: `pulumi config rm --stack ${stack} teamWebhooks`,
    });
  const right: Record<string, string> = {};
  for (const [name, value] of Object.entries(given.data ?? {})) {
    const read = webhook.safeParse(value);
    if (!isOwner(name))
      findings.push({
        problem: `teamWebhooks.${name} is not of a team: ${Object.keys(owners).join(", ")}`,
        fix: `pulumi config rm --stack ${stack} --path 'teamWebhooks.${name}'`,
      });
    else if (read.success) right[name] = read.data;
    // The value is not repeated: it is a secret.
    else findings.push({ problem: `teamWebhooks.${name} is not an http(s) address`, fix: set(name) });
  }
  return right;
}

const isOwner = (name: string): name is Owner => Object.hasOwn(owners, name);

const setTeam = (stack: string, owner: string): string =>
  `pulumi config set --stack ${stack} --path 'teams.${owner}.emails[0]' <e-mail>`;
