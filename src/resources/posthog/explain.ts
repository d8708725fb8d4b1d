import { defaultPosthog, posthogCloud, posthogRegions } from "../../model/posthog/hosts.ts";
import { neededScopes } from "../../model/vendors/posthog.ts";
import { type Failure, quoted } from "../kernel/errors.ts";
import { onlyHere } from "../kernel/network.ts";

export interface PosthogProject {
  host: string;
  projectId: number;
}

/**
 * Which of key, host and project to check. PostHog's bodies: drf-exceptions-hog (`type`, `code`, `detail`), texts in
 * posthog/auth.py, posthog/permissions.py and posthog/api/routing.py. Undefined: the plain description is enough.
 */
export function explain(failure: Failure, { host, projectId }: PosthogProject): string | undefined {
  const { status, detail, code } = failure;
  if (status === undefined) {
    return `${host} cannot be reached (${code ?? "no answer"}). ${onlyHere(code) ?? `Look at the host: posthog:host is ${host}, PostHog Cloud is ${cloud}`}`;
  }
  if (status >= 400 && code === undefined) {
    return `${host} does not answer as PostHog's API does (${status} to ${failure.method} ${failure.path}${quoted(detail)}). ${appAddress}`;
  }
  if (status === 401) {
    return `${host} does not accept the key${quoted(detail)}. Look at the key: POSTHOG_PERSONAL_API_KEY must be a personal API key (phx_…) of this region; a key of us.posthog.com is unknown at eu.posthog.com`;
  }
  if (status === 403 && /requested project/.test(detail)) {
    return `the key may not use project ${projectId}${quoted(detail)}. Look at the project: posthog:projectId is ${projectId}, or give the key access to it`;
  }
  if (status === 403 && /only project admins/i.test(detail)) {
    return `the key's person may not change these settings of project ${projectId}${quoted(detail)}. Let an admin of the project make the key, or make that person an admin (in PostHog: Settings > Members)`;
  }
  if (status === 403) {
    return `the key may not do this${quoted(detail)}. Look at the key: a personal API key needs the scopes ${neededScopes}`;
  }
  if (status === 402) {
    return `PostHog's plan does not allow this${quoted(detail)}. ${/\/subscriptions\//.test(failure.path) ? noSubscriptions : `Look at the plan: ${host}/organization/billing`}`;
  }
  if (status === 404 && (/project not found/i.test(detail) || code === "project_not_found")) {
    return `there is no project ${projectId} at ${host} for this key${quoted(detail)}. Look at the project: pulumi config set posthog:projectId <number> (in PostHog: Settings > Project > Project ID)`;
  }
  if (status >= 300 && status < 400) {
    return `${host} ${detail}. Look at the host: posthog:host must be the address that answers itself`;
  }
  if (code === "unexpected_answer") {
    return `${host} does not answer as PostHog's API does (${status} to ${failure.method} ${failure.path}). ${appAddress}`;
  }
  return undefined;
}

const noSubscriptions =
  "Subscriptions need a plan that includes them (in PostHog: Settings > Billing). Without: pulumi config set posthogSubscriptions false, then pulumi up; everything else does not need them";

const cloud = posthogRegions.map((region) => posthogCloud[region].app).join(" or ");

const appAddress = `Look at the host: posthog:host is the address of the app, such as ${defaultPosthog.app}, not the one that events are sent to`;
