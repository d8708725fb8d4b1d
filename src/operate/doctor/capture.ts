import type { App } from "../../catalog/variable.ts";
import { ingestionHosts, isGivenUpHost } from "../../model/posthog/hosts.ts";
import { valueAt } from "../access/apps.ts";
import { answerWords, type Fetched, fetched } from "../access/fetch.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import type { DoctorContext, Symptom } from "./context.ts";

const names = {
  browser: { key: "VITE_POSTHOG_KEY", host: "VITE_POSTHOG_HOST" },
  server: { key: "POSTHOG_API_KEY", host: "POSTHOG_HOST" },
} as const;

/** PostHog answers 401, or takes events that never appear: which of key and host is wrong, in each app. */
export const captureWorks: Symptom = {
  name: "capture",
  title: "Key and host that events are sent with",
  run: (context) => Promise.all((["browser", "server"] as const).map((app) => diagnosis(app, context))),
};

async function diagnosis(app: App, context: DoctorContext): Promise<Result> {
  const { access, apps, regions, posthog, signal } = context;
  const what = `Events of the ${app} app`;
  const key = valueAt(apps[app], names[app].key);
  const host = valueAt(apps[app], names[app].host)?.replace(/\/+$/, "");
  const put = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts the right one in its place`;
  if (key === undefined) return fails(what, `\`${names[app].key}\` has no value: the app sends nothing`, put);
  if (host === undefined) return fails(what, `\`${names[app].host}\` has no value: the app sends nothing`, put);
  if (/^ph[xs]_/.test(key)) {
    return fails(
      what,
      `\`${names[app].key}\` is a key that manages the project, not the one that sends events: PostHog answers 401`,
      `${put}; make a new personal key at once, this one was given to an app`,
    );
  }
  if (isGivenUpHost(host)) {
    return fails(
      what,
      `\`${names[app].host}\` is ${host}, which PostHog has given up`,
      `set posthog:ingestHost to ${Object.values(ingestionHosts).join(" or ")}; ${put}`,
    );
  }
  const answer = await askFlags(host, key, signal);
  if (answer.ok) return ofThisProject(what, key, host, put, await posthog?.projectKey());
  if (answer.status !== 401) {
    return fails(
      what,
      `${host} ${answerWords(answer)}: that is not where PostHog takes events`,
      `look at posthog:ingestHost; ${put}`,
    );
  }
  for (const [region, address] of Object.entries(regions)) {
    if (address === host || !(await askFlags(address, key, signal)).ok) continue;
    return fails(
      what,
      `${host} does not know the key, ${address} does: the key is of the region ${region}`,
      `\`pulumi config set --stack ${access.stack} posthog:ingestHost ${address}\`, then ${put}`,
    );
  }
  return fails(
    what,
    `${host} does not know the key, and no other region does`,
    `copy the project's key (in PostHog: Settings > Project) and \`pulumi config set --stack ${access.stack} posthog:projectKey phc_…\`; ${put}`,
  );
}

/** The key may be a good one of another project. */
function ofThisProject(what: string, key: string, host: string, put: string, wanted: string | undefined): Result {
  if (wanted === undefined || wanted === key) return holds(what, `${host} knows the key`);
  return fails(
    what,
    `${host} knows the key, but it is another project's: its events appear on none of these dashboards`,
    put,
  );
}

/** The cheap way to try a key: evaluates flags, stores nothing (PostHog: rust/feature-flags). */
const askFlags = (host: string, key: string, signal: AbortSignal): Promise<Fetched> =>
  fetched(
    `${host}/flags/?v=2`,
    {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ api_key: key, distinct_id: "obs" }),
    },
    signal,
  );
