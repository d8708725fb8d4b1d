import { Environment, Organization, sentryRoot } from "@brandvx/resources/sentry";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Output,
  type Resource,
  secret,
} from "@pulumi/pulumi";
import { SentryTeam } from "@pulumiverse/sentry/sentryTeam.js";
import type { SentryAlertDefinition } from "../../alerts/sentry/index.ts";
import { appNames } from "../../catalog/variable.ts";
import { unlessTeamExists } from "../existing/sentry.ts";
import type { SentrySettings } from "../settings/sentry.ts";
import type { Teams } from "../settings/teams.ts";
import { type AppProject, makeProject } from "./project.ts";
import { watch } from "./watch.ts";

export interface ProductErrorsArguments extends SentrySettings {
  alerts: readonly SentryAlertDefinition[];
  /**
   * Name of the stage: monitors that check the backend or its jobs exist only in the stage that their alert watches.
   */
  stage: string;
  /** Address of the backend's health check. */
  healthUrl: string;
  /** Members of the teams that alerts refer to. */
  teams: Teams;
  /**
   * Whether projects and keys can be deleted only after their protection is taken off.
   * @default true
   */
  protect?: boolean;
}

/**
 * BrandVX's error monitoring in Sentry: a project and a key for each app, and its alerts.
 *
 * @example
 * declare const settings: ReturnType<typeof readSettings>;
 * const { sentry, teams, stage, healthUrl } = settings;
 * new ProductErrors("errors", { ...sentry, teams, stage, healthUrl, alerts: [] });
 */
export class ProductErrors extends ComponentResource {
  /** DSN of the browser app; public, because it is part of the bundle. */
  readonly browserDsn: Output<string>;
  /** DSN of the backend. Secret: nobody else needs it. */
  readonly serverDsn: Output<string>;
  /** Address of the issues of each project, by its slug. */
  readonly urls: Output<Record<string, string>>;

  constructor(name: string, args: ProductErrorsArguments, options?: ComponentResourceOptions) {
    super("brandvx:sentry:ProductErrors", name, {}, options);
    const { organization, baseUrl, slackIntegrationId, team: teamSlug, projects: slugs, alerts, teams } = args;
    const { keyGeneration, existing, stage, healthUrl, protect = true } = args;
    // Everything depends on the organization, so that a wrong token, address or organization is one error and creates nothing.
    const verified = new Organization(name, { organization, baseUrl, slackIntegrationId }, { parent: this });
    const team = new SentryTeam(
      teamSlug,
      { organization, name: teamSlug, slug: teamSlug },
      {
        ...{ parent: this, dependsOn: verified, replaceOnChanges: ["organization"] },
        ...(existing?.team
          ? { import: `${organization}/${teamSlug}`, protect, retainOnDelete: true, ignoreChanges: ["name"] }
          : { hooks: unlessTeamExists(organization, teamSlug, { parent: this }) }),
      },
    );
    const shared = { organization, team: team.slug, teamSlug, teams, keyGeneration, existing, protect };
    const projects = {
      browser: makeProject("browser", { ...shared, slug: slugs.browser }, this),
      server: makeProject("server", { ...shared, slug: slugs.server }, this),
    };
    const known = makeEnvironments(organization, alerts, projects.server, this);
    for (const alert of alerts) {
      const shared = { organization, teamId: team.internalId, slugs, projects, teams, slackIntegrationId };
      watch(alert, { ...shared, stage, healthUrl, dependsOn: known }, this);
    }
    this.browserDsn = projects.browser.key.dsnPublic;
    this.serverDsn = secret(projects.server.key.dsnPublic);
    const issues = `${sentryRoot(baseUrl)}/organizations/${organization}/issues/`;
    this.urls = all(appNames.map((app) => projects[app].project.internalId)).apply((ids) =>
      Object.fromEntries(appNames.map((app, i) => [slugs[app], `${issues}?project=${ids[i]}`])),
    );
    this.registerOutputs({ browserDsn: this.browserDsn, serverDsn: this.serverDsn, urls: this.urls });
  }
}

/** The environments that alerts watch: Sentry refuses an alert for an unknown one. */
function makeEnvironments(
  organization: string,
  alerts: readonly SentryAlertDefinition[],
  { project, settings }: AppProject,
  parent: Resource,
): Environment[] {
  const names = [...new Set(alerts.map(({ environment }) => environment))];
  // After the settings: a project that has received events keeps the key that Sentry created with it.
  const options = { parent, dependsOn: settings };
  return names.map((name) => new Environment(name, { organization, project: project.slug, name }, options));
}
