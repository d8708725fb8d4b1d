import { vendors } from "../../model/vendors/index.ts";
import { type Scope, scopePurposes } from "../../model/vendors/posthog.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { notGiven } from "../../resources/kernel/not-given.ts";
import { keyProblems } from "../../resources/posthog/scopes.ts";
import { SentryApi } from "../../resources/sentry/api.ts";
import { missingScopes } from "../../resources/sentry/scopes.ts";
import { postHogOf } from "../import/live.ts";
import type { Access } from "./access.ts";

/**
 * Scopes that an `up` needs and that this run's keys lack, by vendor; empty when no lack is known. A preview needs no write
 * access, so its report has to say that nobody has checked whether the `up` may write.
 */
export async function whatKeysMayNot(
  access: Access,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const { posthog, sentry, cloudflare, render } = access.keys;
  const [ofPostHog, ofSentry] = await Promise.all([
    posthog === undefined ? "PostHog: there is no key" : unlessUnanswered(() => posthogLacks(access)),
    sentry === undefined ? "Sentry: there is no token" : unlessUnanswered(() => sentryLacks(access, sentry)),
  ]);
  const without = [
    ...(cloudflare === undefined ? ["Cloudflare: there is no token"] : []),
    ...(render === undefined ? ["Render: there is no key"] : []),
    // Upstash offers no way to read what a key may do.
    ...(env[vendors.upstash.credentials.key.variable] === notGiven ? ["Upstash: there is no key"] : []),
  ];
  return [ofPostHog, ofSentry, ...without].filter((lack) => lack !== undefined);
}

async function posthogLacks(access: Access): Promise<string | undefined> {
  const key = await postHogOf(access, () => {}).key();
  const problems = key && keyProblems(key, access.posthog.projectId, Object.keys(scopePurposes) as Scope[]);
  return problems && problems.length > 0 ? `PostHog: ${problems.join("; ")}` : undefined;
}

async function sentryLacks(
  { sentry: { baseUrl: root, organization } }: Access,
  token: string,
): Promise<string | undefined> {
  const scopes = await new SentryApi({ root, organization, token }).scopes();
  const missing = scopes ? missingScopes(scopes) : [];
  return missing.length > 0 ? `Sentry: it lacks ${missing.join(", ")}` : undefined;
}

/** When a vendor does not answer, the preview itself reports it. */
async function unlessUnanswered(look: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}
