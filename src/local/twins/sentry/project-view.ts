import type { Project, SentryModel, Team } from "./model.ts";
import { type OrganizationSettings, organizationView } from "./organization-view.ts";
import { teamReference } from "./team-view.ts";

/**
 * Settings of a project that a request may write, with their defaults. Source: the response of GET
 * /api/0/projects/{org}/{project}/ in Sentry's published OpenAPI.
 */
export const defaultSettings = {
  /** Seconds. */
  digestsMinDelay: 300,
  /** Seconds. */
  digestsMaxDelay: 1800,
  /** Hours; 0 means never. */
  resolveAge: 0,
  isBookmarked: false,
  subjectPrefix: "",
  subjectTemplate: "$shortID - $title",
  allowedDomains: ["*"] as string[],
  dataScrubber: true,
  dataScrubberDefaults: true,
  safeFields: [] as string[],
  sensitiveFields: [] as string[],
  storeCrashReports: null as number | null,
  securityToken: "",
  securityTokenHeader: null as string | null,
  verifySSL: false,
  scrubIPAddresses: false,
  scrapeJavaScript: true,
  enableAutoReleaseCreation: true,
  highlightTags: ["handled", "level", "release", "environment"] as string[],
  highlightContext: {} as Record<string, unknown>,
  groupingConfig: "newstyle:2026-01-20",
  groupingEnhancements: "",
  secondaryGroupingExpiry: 0,
  secondaryGroupingConfig: null as string | null,
  fingerprintingRules: "",
  defaultEnvironment: null as string | null,
  relayPiiConfig: null as string | null,
  builtinSymbolSources: [] as string[],
  symbolSources: "[]",
  tempestFetchScreenshots: false,
  autofixAutomationTuning: "off",
  seerScannerAutomation: false,
  seerNightshiftTweaks: null as unknown,
  scmSourceContextEnabled: false,
  debugFilesRole: null as string | null,
};

const seen = ["hasFeedbacks", "hasFlags", "hasMinifiedStackTrace", "hasMonitors", "hasNewFeedbacks", "hasProfiles"];
const seenLater = ["hasReplays", "hasSessions", "hasLogs", "hasTraceMetrics", "firstTransactionEvent"];
const insights = [
  "Http",
  "Db",
  "Assets",
  "AppStart",
  "ScreenLoad",
  "Vitals",
  "Caches",
  "Queues",
  "AgentMonitoring",
  "MCP",
];
const nothingSeen = Object.fromEntries([
  ...[...seen, ...seenLater].map((name) => [name, false]),
  ...insights.map((name) => [`hasInsights${name}`, false]),
]);

const teamsOf = (project: Project, model: SentryModel) =>
  project.teams.map((id) => model.teams.get(id)).filter((team): team is Team => team !== null);

/** A project in a list. */
export function projectSummary(project: Project, model: SentryModel) {
  const teams = teamsOf(project, model).map(teamReference);
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: project.dateCreated,
    isBookmarked: project.settings.isBookmarked ?? false,
    isMember: false,
    features: ["alert-filters", "custom-inbound-filters", "rate-limits", "servicehooks"],
    firstEvent: project.firstEvent,
    access: ["project:read", "project:write", "project:admin", "event:read", "alerts:read", "alerts:write"],
    hasAccess: true,
    ...nothingSeen,
    isInternal: false,
    isPublic: false,
    avatar: { avatarType: "letter_avatar", avatarUuid: null },
    color: "#3f70bf",
    status: "active",
    ...(teams[0] === undefined ? {} : { team: teams[0] }),
    teams,
  };
}

/** A project in the organization's list, and in the answer to its creation. */
export function projectListed(project: Project, model: SentryModel) {
  const summary = projectSummary(project, model);
  return {
    ...summary,
    team: summary.team ?? null,
    platforms: project.platform === null ? [] : [project.platform],
    hasUserReports: false,
    environments: [],
    latestRelease: null,
    latestDeploys: null,
  };
}

/** The project in full. */
export function projectDetails(project: Project, model: SentryModel, organization: OrganizationSettings, url: string) {
  return {
    ...projectSummary(project, model),
    latestRelease: null,
    ...defaultSettings,
    ...project.settings,
    options: {
      "filters:blacklisted_ips": "",
      "filters:releases": "",
      "filters:error_messages": "",
      ...project.options,
    },
    highlightPreset: { tags: [], context: {} },
    derivedGroupingEnhancements: "",
    organization: organizationView(organization, url),
    platforms: project.platform === null ? [] : [project.platform],
    processingIssues: 0,
    dynamicSamplingBiases: null,
    isDynamicallySampled: false,
  };
}
