import { Ownership, ProjectSettings, type ProjectSettingsArguments } from "@brandvx/resources/sentry";
import type { Input, Resource } from "@pulumi/pulumi";
import { SentryKey } from "@pulumiverse/sentry/sentryKey.js";
import { SentryProject } from "@pulumiverse/sentry/sentryProject.js";
import type { App } from "../../catalog/variable.ts";
import { saysWhichKeysExist, unlessProjectExists } from "../existing/sentry.ts";
import type { ExistingAtSentry } from "../settings/sentry.ts";
import type { Teams } from "../settings/teams.ts";
import { ownershipRules, owningTeams } from "./ownership-rules.ts";
import { piiConfig, sensitiveFields } from "./scrubbing.ts";

export interface ProjectOptions {
  organization: string;
  /** Slug of the team that the project belongs to. */
  team: Input<string>;
  /** The team's slug in the settings, and the teams that own events. */
  teamSlug: string;
  teams: Teams;
  /** Name and slug of the project. */
  slug: string;
  /** Version of the project's keys: a higher number creates a new one. */
  keyGeneration: number;
  /**
   * Whether the project can be deleted only after its protection is removed, and its keys are retained when their
   * resources are deleted.
   */
  protect: boolean;
  /** Existing objects to adopt. Default: none. */
  existing?: ExistingAtSentry | undefined;
}

/** A Sentry project with the key of its app. */
export interface AppProject {
  project: SentryProject;
  key: SentryKey;
  settings: ProjectSettings;
}

/** Platform of each app, by Sentry's names (docs.sentry.io/platforms). */
const platforms: Record<App, string> = { browser: "javascript-react", server: "python-fastapi" };

/** Messages that arrive although nothing is wrong with the app. */
const noise: Record<App, NonNullable<ProjectSettingsArguments["inboundFilters"]>> = {
  browser: { "browser-extensions": true, localhost: true, "web-crawlers": true, "filtered-transaction": true },
  server: { "filtered-transaction": true },
};

/**
 * Properties of an adopted project that are never changed. The platform is one of them: if it were set, the plugin
 * would look it up on the internet.
 */
const settingsOfItsOwn = ["name", "team", "teams", "digestsMinDelay", "digestsMaxDelay", "resolveAge"];

/** The project of one app: with one managed key, and without what Sentry adds to new projects. */
export function makeProject(app: App, options: ProjectOptions, parent: Resource): AppProject {
  const { organization, team, teamSlug, teams, slug, keyGeneration, protect, existing } = options;
  const exists = existing?.[`${app}Project`] === true;
  const existingKey = existing?.[`${app}Key`];
  const project = new SentryProject(
    slug,
    { organization, name: slug, slug, teams: [team, ...owningTeams(teams, teamSlug)] },
    // The real platform is set below: the plugin would look it up in Sentry's documentation at each preview.
    // A project stays in its organization: the plugin would send the change to the other one.
    {
      ...{ parent, protect, replaceOnChanges: ["organization"] },
      ...(exists
        ? { import: `${organization}/${slug}`, retainOnDelete: true, ignoreChanges: settingsOfItsOwn }
        : {
            ignoreChanges: ["platform"],
            hooks: unlessProjectExists(organization, slug, app, { parent, protect }),
          }),
    },
  );
  // Not "Default": that is the name of Sentry's own key, which is removed.
  const keyName = `${slug} (${keyGeneration})`;
  const key = new SentryKey(
    `${slug}-${keyGeneration}`,
    { organization, project: project.slug, name: keyName },
    {
      parent,
      // A running app keeps its key when a new one replaces it, and when the stack is destroyed.
      retainOnDelete: protect || existingKey !== undefined,
      ...(existingKey === undefined
        ? { ...(exists && keyGeneration === 1 && { hooks: saysWhichKeysExist(organization, slug, app, keyName) }) }
        : {
            import: `${organization}/${slug}/${existingKey}`,
            ignoreChanges: ["name", "rateLimitCount", "rateLimitWindow"],
          }),
      replaceOnChanges: ["organization", "project"],
      // The credential map says that a server's DSN is secret; the plugin treats it as public.
      ...(app === "server" ? { additionalSecretOutputs: ["dsnPublic", "dsnCsp", "public"] } : {}),
    },
  );
  const ours = {
    platform: platforms[app],
    inboundFilters: noise[app],
    // The second safeguard: apps redact what they send, by the same classes.
    scrubbing: {
      dataScrubber: true,
      dataScrubberDefaults: true,
      scrubIPAddresses: true,
      sensitiveFields,
      relayPiiConfig: piiConfig,
    },
    automaticAlert: "removed",
    automaticKey: "removed",
  } as const;
  // People and apps rely on the settings, alerts and keys of an adopted project.
  const wanted = {
    ...(exists ? {} : ours),
    ...(existingKey === undefined ? { keysOn: { [keyName]: true } as const } : {}),
  };
  const settings = new ProjectSettings(
    slug,
    { organization, project: project.slug, ...wanted },
    { parent, dependsOn: key },
  );
  // People rely on the rules of an adopted project.
  if (!exists) {
    const rules = ownershipRules(teams, teamSlug);
    new Ownership(
      slug,
      { organization, project: project.slug, rules, autoAssignment: "Auto Assign to Issue Owner" },
      { parent },
    );
  }
  return { project, key, settings };
}
