import { Ownership, ProjectSettings, type ProjectSettingsArguments } from "@brandvx/resources/sentry";
import type { Input, Resource } from "@pulumi/pulumi";
import { SentryKey } from "@pulumiverse/sentry/sentryKey.js";
import { SentryProject } from "@pulumiverse/sentry/sentryProject.js";
import type { App } from "../../catalog/variable.ts";
import { saysWhichKeysExist, unlessProjectExists } from "../existing/sentry.ts";
import type { ExistingAtSentry } from "../settings/sentry.ts";
import type { Teams } from "../settings/teams.ts";
import { ownershipRules, owningTeams } from "./ownership-rules.ts";
import { piiConfig } from "./pii-config.ts";
import { sensitiveFields } from "./sensitive-fields.ts";

export interface ProjectOptions {
  organization: string;
  /** Slug of the team that the project belongs to. */
  team: Input<string>;
  /** The same as the settings have it, and the teams that own events. */
  teamSlug: string;
  teams: Teams;
  /** Name and slug of the project. */
  slug: string;
  /** Counts the project's keys: a higher number makes a new one. */
  keyGeneration: number;
  /** Whether the project can be deleted only after its protection is taken off, and its keys outlive their resources. */
  protect: boolean;
  /** What exists already. Default: nothing does. */
  existing?: ExistingAtSentry | undefined;
}

/** A project of Sentry with the key that its app sends with. */
export interface AppProject {
  project: SentryProject;
  key: SentryKey;
  settings: ProjectSettings;
}

/** What the apps are made with, as Sentry calls it (docs.sentry.io/platforms). */
const platforms: Record<App, string> = { browser: "javascript-react", server: "python-fastapi" };

/** What arrives without anything being wrong with the app. */
const noise: Record<App, NonNullable<ProjectSettingsArguments["inboundFilters"]>> = {
  browser: { "browser-extensions": true, localhost: true, "web-crawlers": true, "filtered-transaction": true },
  server: { "filtered-transaction": true },
};

/** What stays as it is in a project that was taken over. Its platform does, too: said here, the plugin would look it up on the internet. */
const settingsOfItsOwn = ["name", "team", "teams", "digestsMinDelay", "digestsMaxDelay", "resolveAge"];

/** The project of one app: with one key that is managed, and without what Sentry adds by itself. */
export function makeProject(app: App, options: ProjectOptions, parent: Resource): AppProject {
  const { organization, team, teamSlug, teams, slug, keyGeneration, protect, existing } = options;
  const exists = existing?.[`${app}Project`] === true;
  const existingKey = existing?.[`${app}Key`];
  const project = new SentryProject(
    slug,
    { organization, name: slug, slug, teams: [team, ...owningTeams(teams, teamSlug)] },
    // The real platform is set below: the plugin would ask a page of Sentry's documentation for it at each preview.
    // Sentry keeps a project in its organization: the plugin would ask the other one to change it.
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
  // Not "Default": that is the name of Sentry's own, which is removed.
  const keyName = `${slug} (${keyGeneration})`;
  const key = new SentryKey(
    `${slug}-${keyGeneration}`,
    { organization, project: project.slug, name: keyName },
    {
      parent,
      // The key of an app that runs is left to it when a new one takes its place, and when the stack is destroyed.
      retainOnDelete: protect || existingKey !== undefined,
      ...(existingKey === undefined
        ? { ...(exists && keyGeneration === 1 && { hooks: saysWhichKeysExist(organization, slug, app, keyName) }) }
        : {
            import: `${organization}/${slug}/${existingKey}`,
            ignoreChanges: ["name", "rateLimitCount", "rateLimitWindow"],
          }),
      replaceOnChanges: ["organization", "project"],
      // A server's DSN is a secret of the credential map; the plugin takes it for public.
      ...(app === "server" ? { additionalSecretOutputs: ["dsnPublic", "dsnCsp", "public"] } : {}),
    },
  );
  const ours = {
    platform: platforms[app],
    inboundFilters: noise[app],
    // The second door: apps redact what they send, by the same classes.
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
  // A project that was there has settings, alerts and keys that people and apps rely on.
  const wanted = {
    ...(exists ? {} : ours),
    ...(existingKey === undefined ? { keysOn: { [keyName]: true } as const } : {}),
  };
  const settings = new ProjectSettings(
    slug,
    { organization, project: project.slug, ...wanted },
    { parent, dependsOn: key },
  );
  // A project that was there already has rules that its people rely on.
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
