import { Dashboard, InsightAlert, Project } from "@brandvx/resources/posthog";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import type { InsightAlertDefinition } from "../alerts/posthog/index.ts";
import type { DashboardDefinition } from "../insights/define/index.ts";
import type { Teams } from "./settings/teams.ts";

export interface ProductArguments {
  /** Address of PostHog's app. */
  host: string;
  /** Number of the project in PostHog. */
  projectId: number;
  dashboards: readonly DashboardDefinition[];
  alerts: readonly InsightAlertDefinition[];
  /** Who belongs to the teams that alerts name. */
  teams: Teams;
}

/** What BrandVX sees of its product in PostHog. */
export class Product extends ComponentResource {
  /** Address of each dashboard, by its key. */
  readonly urls: Output<Record<string, string>>;

  constructor(name: string, args: ProductArguments, options?: ComponentResourceOptions) {
    super("brandvx:posthog:Product", name, {}, options);
    const { host, projectId } = args;
    // Everything waits for the project, so that a wrong key, host or project is one error and makes nothing.
    const project = new Project(name, { host, projectId }, { parent: this });
    const dashboards = new Map<string, Dashboard>();
    for (const definition of args.dashboards) {
      const { key } = definition;
      dashboards.set(key, new Dashboard(key, { definition, projectId }, { parent: this, dependsOn: project }));
    }
    for (const alert of args.alerts) {
      const dashboard = dashboards.get(alert.dashboardKey);
      if (dashboard) this.#watch(dashboard, alert, args);
    }
    this.urls = output(Object.fromEntries([...dashboards].map(([key, { url }]) => [key, url])));
    this.registerOutputs({ urls: this.urls });
  }

  #watch(dashboard: Dashboard, alert: InsightAlertDefinition, { projectId, teams }: ProductArguments): void {
    const { dashboardKey, tileKey, tileTitle, line, name, when, check, because, notify } = alert;
    const subscribers = [...new Set(notify.flatMap((team) => teams[team]?.emails ?? []))];
    const watched = { projectId, dashboardId: dashboard.id, tileKey, tileTitle, line };
    new InsightAlert(
      `${dashboardKey}/${tileKey}`,
      { ...watched, name, when, check, because, owner: notify[0], subscribers },
      { parent: this, dependsOn: dashboard },
    );
  }
}
