import { RunError } from "@pulumi/pulumi";
import { type InsightAlertDefinition, insightAlertFindings } from "../../alerts/posthog/index.ts";
import { events } from "../../catalog/events.ts";
import { type DashboardDefinition, definitionFindings } from "../../insights/define/index.ts";
import { reportFindings, type SettingFinding } from "./findings.ts";
import { readConfiguration } from "./schema.ts";
import { checkSecrets } from "./secrets.ts";
import { programSources, type Sources } from "./sources.ts";
import { readTeams, type Teams } from "./teams.ts";

export interface Settings {
  posthog: { host: string; projectId: number };
  teams: Teams;
}

/** What the repository itself says is to be made: checked together with the settings, so that one run shows all there is to mend. */
export interface Content {
  dashboards: readonly DashboardDefinition[];
  insightAlerts: readonly InsightAlertDefinition[];
}

/**
 * The stack's settings.
 * @throws RunError with all findings at once, in the settings and in the definitions, before anything is sent anywhere.
 */
export function readSettings(content: Content, sources: Sources = programSources()): Settings {
  const { settings, findings } = findSettings(content, sources);
  if (settings) return settings;
  throw new RunError(reportFindings(sources.stack, findings));
}

type Found = { settings: Settings; findings: [] } | { settings: undefined; findings: SettingFinding[] };

/** The settings, or everything that is wrong. Reads nothing but what it is given. */
export function findSettings({ dashboards, insightAlerts }: Content, sources: Sources): Found {
  const { values, findings: wrongValues } = readConfiguration(sources);
  const notified = insightAlerts.flatMap(({ notify }) => notify);
  const { teams, findings: wrongTeams } = readTeams(sources, notified);
  const inDefinitions = [...definitionFindings(dashboards, events), ...insightAlertFindings(insightAlerts, dashboards)];
  const findings = [
    ...wrongValues,
    ...checkSecrets(sources),
    ...wrongTeams,
    ...inDefinitions.map(({ where, problem, fix }) => ({ problem: `${where}  ${problem}`, fix })),
  ];
  const { "posthog:host": host, "posthog:projectId": projectId } = values;
  if (findings.length > 0 || host === undefined || projectId === undefined) return { settings: undefined, findings };
  return { settings: { posthog: { host: host.replace(/\/+$/, ""), projectId }, teams }, findings: [] };
}
