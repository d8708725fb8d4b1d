import { type TextProblem, textProblem } from "../text.ts";
import { sentry } from "../vendors/sentry.ts";

/** The longest texts that Sentry takes, in characters (OpenAPI: the field's maxLength in the request that is named). */
export const sentryTexts = {
  /** POST …/teams/ */
  teamName: 64,
  teamSlug: 50,
  /** POST /teams/…/projects/; a PUT takes 200. */
  projectName: 50,
  projectSlug: 100,
  /** POST …/keys/ */
  keyName: 64,
  /** POST …/detectors/ */
  monitorName: 200,
  /** POST …/workflows/ */
  alertName: 256,
  /** docs.sentry.io: environments */
  environment: 64,
} as const;

/** Why Sentry refuses a text; undefined for a good one. Without a `field`, only its characters are looked at. */
export const sentryTextProblem = (text: string, field?: keyof typeof sentryTexts): TextProblem | undefined =>
  textProblem(text, sentry.name, field && sentryTexts[field]);

/** A slug of an organization, a team, a project or a cron monitor (Sentry: sentry.api.serializers, SentrySlugField). */
export const slugPattern = /^(?![0-9]+$)[a-z0-9_-]{1,50}$/;
