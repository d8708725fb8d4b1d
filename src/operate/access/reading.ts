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
 * What an `up` needs and the keys of this run may not do, by vendor; empty where they may do all that can be asked. A preview
 * needs none of it: whoever reads it has to know that nobody has looked whether the `up` may write.
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
    // Nothing here asks Upstash: its key is no part of what is read.
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

/** A vendor that does not answer is the preview's own business to tell. */
async function unlessUnanswered(look: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}
