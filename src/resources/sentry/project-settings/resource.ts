import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";
import type { InboundFilters, Scrubbing } from "./inputs.ts";

export interface ProjectSettingsArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /**
   * What the app is made with: `javascript-react`, `python-fastapi`, … @pulumiverse/sentry's SentryProject asks a page
   * of Sentry's documentation for each but "other", and fails without it: give it `ignoreChanges: ["platform"]`.
   * @default left as it is
   */
  platform?: string;
  /**
   * Which events Sentry drops as they arrive. A filter that is not mentioned is not looked at.
   * @default left as they are
   */
  inboundFilters?: InboundFilters;
  /**
   * "removed": Sentry's own alert for high priority issues does not watch this project.
   * @default left as it is
   */
  automaticAlert?: "removed";
  /**
   * What Sentry takes out of events as they arrive: `dataScrubber` (names in `sensitiveFields`), `dataScrubberDefaults`
   * (Sentry's own list of names, numbers of cards, …), `scrubIPAddresses`. Relay looks for each of `sensitiveFields` anywhere in
   * a name, whatever its case: `stack` would hide every `stacktrace`. Fields that somebody has added stay.
   * `relayPiiConfig` has rules for what such switches do not see, by where it stands (`$user.email`) or what it is (`@email`);
   * rules that somebody has added stay. Sources: getsentry/relay, relay-pii/src/{convert,builtin}.rs; docs.sentry.io: Advanced
   * Data Scrubbing.
   * @default left as it is
   * @example scrubbing: { dataScrubber: true, scrubIPAddresses: true, sensitiveFields: ["phone_number"] }
   */
  scrubbing?: Scrubbing;
  /**
   * "removed": the key "Default", which Sentry makes with each project, is deleted, unless the project has received
   * events: then apps may use it, and `automaticKeyKept` is true.
   * @default left as it is
   */
  automaticKey?: "removed";
  /**
   * Names of keys that must be switched on, each with true: @pulumiverse/sentry's SentryKey does not look at it.
   * @default none
   */
  keysOn?: Readonly<Record<string, true>>;
}

/**
 * What belongs to a project beyond its name, for a project that another resource has made. Deleting this resource changes
 * nothing in Sentry.
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
  /** True when the key "Default" was left, because apps may use it: delete it in Sentry once none does. */
  declare readonly automaticKeyKept: Output<boolean>;

  constructor(name: string, args: ProjectSettingsArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "projectSettings" };
    super("sentry:ProjectSettings", provider, name, { ...args }, ["automaticKeyKept", "projectId"], options);
  }
}
