import { z } from "zod";
import type { SettingFinding } from "./findings.ts";
import type { Sources } from "./sources.ts";
import { type Hint, readStructured } from "./structured.ts";

/** Sentry: sentry.api.serializers, SentrySlugField. */
const slug = z
  .string()
  .regex(/^(?![0-9]+$)[a-z0-9_-]{1,50}$/, "is not a slug: lower-case letters, digits, hyphens and underscores");

const project = (defaults: { slug: string; platform: string }) =>
  z
    .strictObject({
      /** Name and slug of the project. Another one would be another project, with another DSN. */
      slug: slug.default(defaults.slug),
      /** What the app is made with, as Sentry calls it. */
      platform: z.string().min(1, "is empty").default(defaults.platform),
    })
    .prefault({});

const schema = z.strictObject({
  organization: slug,
  /** Name and slug of the team that projects belong to and that issues are assigned to. */
  team: slug.default("platform"),
  projects: z
    .strictObject({
      browser: project({ slug: "operator-ui", platform: "javascript-react" }),
      server: project({ slug: "backend", platform: "python-fastapi" }),
    })
    .prefault({})
    .refine(({ browser, server }) => browser.slug !== server.slug, "has one project for both apps"),
  /** Number of Sentry's Slack integration. Without it alerts go out by e-mail alone. */
  slackIntegrationId: z.coerce.string().regex(/^\d+$/, "is not the number of an integration").optional(),
  /**
   * Counts the apps' keys: a higher number makes new ones, which reach Pages and Render in the same `up`. The old ones are
   * deleted then, for which their protection must be off.
   */
  keyGeneration: z.int("is not a whole number").min(1, "starts at 1").default(1),
});

/** Where BrandVX's errors are, in Sentry's terms. */
export type SentrySettings = z.infer<typeof schema>;

const hints: Record<keyof SentrySettings, Hint> = {
  organization: { example: "<slug>", where: "in the address of your pages in Sentry: https://<slug>.sentry.io" },
  team: { example: "platform", where: "a name in lower case" },
  projects: { example: "<value>", where: "in Sentry: Settings > Projects" },
  slackIntegrationId: { example: "<number>", where: "in the address of Settings > Integrations > Slack > Configure" },
  keyGeneration: { example: "2", where: "one more than before makes new keys" },
};

/** Reads `sentry` of the stack's configuration. */
export const readSentry = (sources: Sources): { value: SentrySettings | undefined; findings: SettingFinding[] } =>
  readStructured(sources, "sentry", schema, hints);
