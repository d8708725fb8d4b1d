import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";
import type { InboundFilters, Scrubbing } from "./inputs.ts";

export interface ProjectSettingsArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /**
   * The app's platform: `javascript-react`, `python-fastapi`, … @pulumiverse/sentry's SentryProject looks each one but
   * "other" up in Sentry's online documentation, and fails without it: give it `ignoreChanges: ["platform"]`.
   * @default left as it is
   */
  platform?: string;
  /**
   * Which events Sentry drops on arrival. Absent filters are not checked.
   * @default left as they are
   */
  inboundFilters?: InboundFilters;
  /**
   * "removed": Sentry's own alert for high priority issues does not watch this project.
   * @default left as it is
   */
  automaticAlert?: "removed";
  /**
   * What Sentry removes from events on arrival: `dataScrubber` (names in `sensitiveFields`), `dataScrubberDefaults`
   * (Sentry's own list of names, card numbers, …), `scrubIPAddresses`. Relay matches each of `sensitiveFields` anywhere
   * in a name, without case: `stack` would hide every `stacktrace`. Fields that somebody added stay. `relayPiiConfig`
   * has rules by field (`$user.email`) or by content (`@email`); rules that somebody added stay. Sources:
   * getsentry/relay, relay-pii/src/{convert,builtin}.rs; docs.sentry.io: Advanced Data Scrubbing.
   * @default left as it is
   * @example scrubbing: { dataScrubber: true, scrubIPAddresses: true, sensitiveFields: ["phone_number"] }
   */
  scrubbing?: Scrubbing;
  /**
   * "removed": the key "Default", which Sentry creates with each project, is deleted, unless the project has received
   * events: then apps may use it, and `automaticKeyKept` is true.
   * @default left as it is
   */
  automaticKey?: "removed";
  /**
   * Names of keys that must be enabled, each with true: @pulumiverse/sentry's SentryKey does not check that.
   * @default none
   */
  keysOn?: Readonly<Record<string, true>>;
}

/**
 * Settings of a project that another resource creates. Deleting this resource changes nothing in Sentry.
 *
 * @example
 * new ProjectSettings("backend", {
 *   organization: "brandvx",
 *   project: "backend",
 *   platform: "python-fastapi",
 *   inboundFilters: { "filtered-transaction": true },
 * });
 */
export class ProjectSettings extends DynamicResource {
  /** True when the key "Default" was not removed, because apps may use it: delete it in Sentry once none does. */
  declare readonly automaticKeyKept: Output<boolean>;

  constructor(name: string, args: ProjectSettingsArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "projectSettings" };
    super("sentry:ProjectSettings", provider, name, { ...args }, ["automaticKeyKept", "projectId"], options);
  }
}
