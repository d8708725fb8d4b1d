import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseName } from "../../model/release.ts";
import { SentryReleases } from "../../operate/access/releases.ts";
import { markRelease } from "../../operate/release/mark.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { localAccount } from "../account.ts";
import type { Cloud } from "../cloud.ts";
import { localStack } from "../folder.ts";
import { type BuildVariables, buildOperatorUi } from "./build.ts";
import { uploadToPages } from "./upload.ts";

export const operatorUi = "operator-ui";

/** The part of the release's name after the app: it is built of what lies in this folder, whatever is committed. */
const localVersion = "local";

/** Vendors that a deployment of the operator UI uses. */
export type DeploymentCloud = Pick<Cloud, "cloudflare" | "sentry">;

/**
 * Deploys the operator UI as its workflow does (src/runtime/docs/operator-ui-deploy.yml): builds it with its variables, sends the
 * source maps to Sentry, uploads the files to Pages, and marks the release.
 *
 * @param options.url where people reach it
 * @param options.notice called with what is not as it should be, and does not keep the app from being deployed
 */
export async function deployOperatorUi(
  variables: BuildVariables,
  { cloudflare, sentry }: DeploymentCloud,
  { url, notice }: { readonly url: string; readonly notice: (line: string) => void },
): Promise<void> {
  const { organization, token } = localAccount.sentry;
  const version = releaseName("browser", localVersion);
  const folder = await mkdtemp(join(tmpdir(), "operator-ui-"));
  try {
    const said = await buildOperatorUi(folder, {
      ...Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith("VITE_"))),
      ...{ SENTRY_AUTH_TOKEN: token, SENTRY_ORG: organization, SENTRY_PROJECT: operatorUi, SENTRY_URL: sentry.url },
      SENTRY_RELEASE: version,
    });
    said.forEach(notice);
    await uploadToPages(folder, {
      ...{ apiUrl: `${cloudflare.url}/client/v4`, token: localAccount.cloudflare.apiToken },
      ...{ accountId: localAccount.cloudflare.accountId, projectName: operatorUi },
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const keys = { posthog: undefined, sentry: token, cloudflare: undefined, render: undefined };
  const releases = new SentryReleases({ stack: localStack, keys, sentry: { organization, baseUrl: sentry.url } });
  await markRelease(
    {
      ...{ version, project: operatorUi, url, commit: undefined, commits: undefined },
      // Where it is not set, the helpers say production.
      environment: variables.VITE_SENTRY_ENVIRONMENT || "production",
    },
    { sentry: releases, clock: systemClock, signal: new AbortController().signal, progress: notice },
  ).catch((error: Error) => notice(`The release ${version} is not marked in Sentry: ${error.message}`));
}
