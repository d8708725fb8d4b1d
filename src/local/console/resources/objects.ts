import { localAccount } from "../../account.ts";
import type { StackResource } from "../../pulumi.ts";
import { type Vendor, vendors } from "./vendor-api.ts";

/** An object that the stack created at a vendor. */
export interface VendorObject {
  readonly urn: string;
  readonly vendor: Vendor;
  /** Its kind in the program: "Dashboard", "PagesProject". */
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  /** API path of the object; undefined when the API does not show it. */
  readonly path: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The stack's objects, sorted by vendor, kind and name. */
export function vendorObjects(resources: readonly StackResource[]): VendorObject[] {
  return resources
    .flatMap((resource) => {
      const object = vendorObject(resource);
      return object === undefined ? [] : [object];
    })
    .sort((one, other) => orderOf(one).localeCompare(orderOf(other)));
}

const orderOf = ({ vendor, kind, name }: VendorObject): string => `${vendors.indexOf(vendor)} ${kind} ${name}`;

function vendorObject({ urn, type, id, custom, outputs = {} }: StackResource): VendorObject | undefined {
  // "pulumi-nodejs:dynamic/posthog:Dashboard" or "sentry:index/sentryProject:SentryProject".
  const [pack = "", module = "", kind = ""] = type.split(":");
  const vendor = vendors.find((one) => one === (pack === "pulumi-nodejs" ? module.replace("dynamic/", "") : pack));
  if (!custom || id === undefined || vendor === undefined) return undefined;
  return {
    ...{ urn, vendor, kind, id, outputs },
    name: urn.split("::").at(-1) ?? urn,
    path: (paths[`${vendor}:${kind}`] ?? paths[kind])?.(id, outputs),
  };
}

const organization = `/organizations/${localAccount.sentry.organization}`;
const projects = `/projects/${localAccount.sentry.organization}`;

const paths: Readonly<Record<string, (id: string, outputs: VendorObject["outputs"]) => string | undefined>> = {
  Project: () => "/",
  // The settings are the project's own.
  "posthog:ProjectSettings": () => "/",
  // The path of all variables, since they are one resource.
  EventDefinitions: () => "/event_definitions/?limit=200",
  // Without a release in the configuration, the annotation does not exist.
  Annotation: (id) => (id === "none" ? undefined : `/annotations/${id}/`),
  Dashboard: (id) => `/dashboards/${id}/`,
  InsightAlert: (id) => `/alerts/${id}/`,
  Subscription: (id) => `/subscriptions/${id}/`,
  EventFilter: (_, { isAvailable }) => (isAvailable === false ? undefined : "/event_filter/"),
  EventSchemas: (_, { isAvailable }) => (isAvailable === false ? undefined : "/schema_property_groups/?limit=200"),
  FeatureFlag: (id) => `/feature_flags/${id}/`,
  Organization: () => `${organization}/`,
  SentryTeam: (id) => `/teams/${localAccount.sentry.organization}/${id}/`,
  SentryProject: (id) => `${projects}/${id}/`,
  SentryKey: (id, { project }) => `${projects}/${String(project)}/keys/${id}/`,
  ProjectSettings: (id) => `/projects/${id}/`,
  Ownership: (id) => `/projects/${id}/ownership/`,
  Environment: () => `${organization}/environments/`,
  Monitor: (id) => `${organization}/detectors/${id}/`,
  UptimeMonitor: (id) => `${organization}/detectors/${id}/`,
  CronMonitor: (id) => `${organization}/detectors/${id}/`,
  Alert: (id) => `${organization}/workflows/${id}/`,
  RedisDatabase: (_, { databaseId }) => `/database/${String(databaseId)}`,
  PagesProject: (id) => `/${id}`,
  PagesVariables: (_, { projectName }) => `/${String(projectName)}`,
  ServiceVariables: (id) => `/${id}/env-vars?limit=100`,
};

/**
 * Maps an address of a vendor's own app to a page of the console: PostHog's `/project/1/dashboard/5` to that dashboard's page,
 * any other address to the vendor's section on the resources' page.
 */
export function pageAt(vendor: Vendor, path: string, resources: readonly StackResource[]): string {
  const [, id] = /^\/project\/\d+\/dashboard\/(\d+)/.exec(path) ?? [];
  const dashboard = vendorObjects(resources).find((one) => one.kind === "Dashboard" && one.id === id);
  return vendor === "posthog" && dashboard ? `/dashboards/${dashboard.name}` : `/resources#${vendor}`;
}
