import { Dashboard, Project } from "@brandvx/resources/posthog";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import type { DashboardDefinition } from "../insights/define/index.ts";

export interface ProductArguments {
  /** Address of PostHog's app. */
  host: string;
  /** Number of the project in PostHog. */
  projectId: number;
  dashboards: readonly DashboardDefinition[];
}

/** What BrandVX sees of its product in PostHog. */
export class Product extends ComponentResource {
  /** Address of each dashboard, by its key. */
  readonly urls: Output<Record<string, string>>;

  constructor(name: string, { host, projectId, dashboards }: ProductArguments, options?: ComponentResourceOptions) {
    super("brandvx:posthog:Product", name, {}, options);
    // Everything waits for the project, so that a wrong key, host or project is one error and makes nothing.
    const project = new Project(name, { host, projectId }, { parent: this });
    const made = dashboards.map((definition) => {
      const dashboard = new Dashboard(definition.key, { definition, projectId }, { parent: this, dependsOn: project });
      return [definition.key, dashboard.url] as const;
    });
    this.urls = output(Object.fromEntries(made));
    this.registerOutputs({ urls: this.urls });
  }
}
