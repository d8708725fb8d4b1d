import { z } from "zod";
import type { App } from "../../catalog/variable.ts";
import { httpAddress } from "../../model/address.ts";
import { slugPattern } from "../../model/sentry/texts.ts";
import { vendors } from "../../model/vendors/index.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { type Hint, readStructured } from "./structured.ts";

export const slug = z
  .string()
  .regex(slugPattern, "is not a slug (lower-case letters, digits, hyphens and underscores, not digits alone)");

/** A stack's configuration of Sentry, by Pulumi's key: part of the table in schema.ts. */
export const sentryConfiguration = {
  "sentry:baseUrl": {
    schema: httpAddress.default(vendors.sentry.address.default),
    example: vendors.sentry.address.default,
    where: "the address of your own Sentry, if you have one",
  },
  sentryOrganization: {
    schema: slug,
    example: "<slug>",
    where: "in the address of your pages in Sentry: https://<slug>.sentry.io",
  },
  /** Team that owns the projects and to which issues are assigned. */
  sentryTeam: { schema: slug.default("platform"), example: "platform", where: "name and slug of the team" },
  /** Changing it creates another project, with another DSN. */
  sentryBrowserProject: {
    schema: slug.default("operator-ui"),
    example: "operator-ui",
    where: "name and slug of the browser app's project",
  },
  sentryServerProject: {
    schema: slug.default("backend"),
    example: "backend",
    where: "name and slug of the backend's project",
  },
  /** Without it, alerts are sent by e-mail only. */
  sentrySlackIntegrationId: {
    schema: z.string().regex(/^\d+$/, "is not the number of an integration").optional(),
    example: "<number>",
    where: "in the address of Settings > Integrations > Slack > Configure",
  },
  /**
   * Version of the apps' keys: a higher number creates new ones, which reach Pages and Render in the same `up`. The old
   * ones are then deleted, for which their protection must be off.
   */
  sentryKeyGeneration: {
    // It is part of the key's name, which Sentry limits to 64 characters.
    schema: z.coerce
      .number("is not a number")
      .int("is not a whole number")
      .min(1, "starts at 1")
      .max(999_999, "ends at 999999")
      .default(1),
    example: "2",
    where: "one more than before makes new keys",
  },
} as const;

export const keyId = z.string().regex(/^[0-9a-f]{32}$/, "is not the id of a key (32 hexadecimal digits)");

const existing = z.strictObject({
  team: z.boolean("is neither true nor false").default(false),
  browserProject: z.boolean("is neither true nor false").default(false),
  serverProject: z.boolean("is neither true nor false").default(false),
  /** Key that deployed apps already use. Without it the app gets a new one, and the old one stays. */
  browserKey: keyId.optional(),
  serverKey: keyId.optional(),
});

/** Existing objects at Sentry that are adopted unchanged, and never changed or deleted by this program. */
export type ExistingAtSentry = z.infer<typeof existing>;

const existingHints: Record<keyof ExistingAtSentry, Hint> = {
  team: { example: "true", where: "whether the team exists" },
  browserProject: { example: "true", where: "whether the browser app's project exists" },
  serverProject: { example: "true", where: "whether the backend's project exists" },
  browserKey: { example: "<32 hexadecimal digits>", where: "in its DSN, before the @" },
  serverKey: { example: "<32 hexadecimal digits>", where: "in its DSN, before the @" },
};

/** Reads `sentryExisting` of the stack's configuration. */
export const readExistingAtSentry = (sources: SettingsReader) =>
  readStructured<ExistingAtSentry>(sources, "sentryExisting", existing, existingHints);

type Key = keyof typeof sentryConfiguration;
export type SentryValues = { [K in Key]: z.output<(typeof sentryConfiguration)[K]["schema"]> };

/** The stack's settings of Sentry. */
export interface SentrySettings {
  /** Address of Sentry. */
  baseUrl: string;
  /** Slug of the organization. */
  organization: string;
  /** Name and slug of the team. */
  team: string;
  /** Name and slug of each app's project. */
  projects: Record<App, string>;
  /** Id (a number) of the Slack integration; absent: alerts are sent by e-mail only. */
  slackIntegrationId?: string | undefined;
  /** Version of the apps' keys, from 1: a higher number creates new ones. */
  keyGeneration: number;
  /** Existing objects to adopt. Default: none. */
  existing?: ExistingAtSentry | undefined;
}

/** The values of {@link sentryConfiguration} under the names that the program uses. */
export const sentrySettings = (values: SentryValues): SentrySettings => ({
  baseUrl: values["sentry:baseUrl"],
  organization: values.sentryOrganization,
  team: values.sentryTeam,
  projects: { browser: values.sentryBrowserProject, server: values.sentryServerProject },
  slackIntegrationId: values.sentrySlackIntegrationId,
  keyGeneration: values.sentryKeyGeneration,
});

/** Problems of the values in combination, when each of them is valid. */
export function sentryFindings(
  { sentryBrowserProject, sentryServerProject }: SentryValues,
  stack: string,
): SettingFinding[] {
  if (sentryBrowserProject !== sentryServerProject) return [];
  return [
    {
      problem: `sentryBrowserProject and sentryServerProject are both "${sentryServerProject}": each app has a project of its own`,
      fix: `pulumi config set --stack ${stack} sentryBrowserProject operator-ui`,
    },
  ];
}
