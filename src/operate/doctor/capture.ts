import { type App, appNames } from "../../catalog/variable.ts";
import { ingestionHosts, isGivenUpHost } from "../../model/posthog/hosts.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { posthogVariables } from "../access/apps.ts";
import { answerWords, type Fetched, fetched, whyNoAnswer } from "../access/fetch.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import { requiredVariable } from "../checks/variable.ts";
import type { DoctorContext, Symptom } from "./context.ts";

/** For each app: is its key or its host wrong? Either makes PostHog answer 401, or accept events that never appear. */
export const captureWorks: Symptom = {
  name: "capture",
  title: "Key and host that events are sent with",
  run: (context) => Promise.all(appNames.map((app) => diagnosis(app, context))),
};

async function diagnosis(app: App, context: DoctorContext): Promise<Result> {
  const { access, apps, regions, signal } = context;
  const what = `Events of the ${app} app`;
  const put = `\`pulumi up --refresh --run-program --stack ${access.stack}\` puts the right one in its place`;
  const need = { what, without: "the app sends nothing", fix: put, keysAreTold: true } as const;
  const givenKey = requiredVariable(apps[app], posthogVariables[app].key, need);
  if (givenKey.value === undefined) return givenKey.result;
  const givenHost = requiredVariable(apps[app], posthogVariables[app].host, need);
  if (givenHost.value === undefined) return givenHost.result;
  const [key, host] = [givenKey.value, withoutEnd(givenHost.value)];
  const isSecret = key.startsWith("phs_");
  if (isSecret || key.startsWith("phx_")) {
    const kind = isSecret ? "the project's secret key" : "a key that manages the project";
    return fails(
      what,
      `\`${posthogVariables[app].key}\` is ${kind}, not the one that sends events: PostHog answers 401`,
      `${put}; make a new ${isSecret ? "secret" : "personal"} key at once, this one was given to an app`,
    );
  }
  const others = [
    ...(key === access.posthog.projectKey ? [] : [posthogVariables[app].key]),
    ...(host === withoutEnd(access.posthog.ingestHost) ? [] : [posthogVariables[app].host]),
  ];
  /** If an app's value differs from the stack's, that difference is the cause, and the stack's settings are not. */
  const wrong = (evidence: string, fix: string): Result =>
    others.length === 0 ? fails(what, evidence, fix) : fails(what, `${evidence}; ${notTheStacks(others)}`, put);
  if (isGivenUpHost(host)) {
    return wrong(
      `\`${posthogVariables[app].host}\` is ${host}, which PostHog has shut down`,
      `set posthog:ingestHost to ${Object.values(ingestionHosts).join(" or ")}; ${put}`,
    );
  }
  const answer = await askFlags(host, key, signal);
  const trouble = whyNoAnswer(answer);
  if (trouble?.isHere) {
    const evidence = `could not be tried: ${host} ${answerWords(answer)}, ${trouble.what}`;
    return others.length === 0 ? fails(what, evidence, `on this machine: ${trouble.fix}`) : wrong(evidence, put);
  }
  if (answer.ok) {
    if (others.length > 0) return wrong(`${host} knows the key`, put);
    return ofThisProject({ what, key, host, put }, context);
  }
  if (answer.status !== 401) {
    const reason = trouble ? `: ${trouble.what}` : ": that is not where PostHog takes events";
    return wrong(`${host} ${answerWords(answer)}${reason}`, `look at posthog:ingestHost; ${put}`);
  }
  for (const [region, address] of Object.entries(regions)) {
    if (address === host || !(await askFlags(address, key, signal)).ok) continue;
    return wrong(
      `${host} does not know the key, ${address} does: the key belongs to the region ${region}`,
      `\`pulumi config set --stack ${access.stack} posthog:ingestHost ${address}\`, then ${put}`,
    );
  }
  return wrong(
    `${host} does not know the key, and no other region does`,
    `copy the project's key (in PostHog: Settings > Project), then run \`pulumi config set --stack ${access.stack} posthog:projectKey phc_…\`; ${put}`,
  );
}

const withoutEnd = (address: string): string => address.replace(/\/+$/, "");

const notTheStacks = (variables: readonly string[]): string =>
  `${variables.map((name) => `\`${name}\``).join(" and ")} ${variables.length === 1 ? "is" : "are"} not what the stack says`;

/** The stack's key may be valid but belong to another project. */
async function ofThisProject(
  { what, key, host, put }: Readonly<Record<"what" | "key" | "host" | "put", string>>,
  { access, posthog }: DoctorContext,
): Promise<Result> {
  let own: string | undefined;
  try {
    own = await posthog?.projectKey();
  } catch (error) {
    // The check of the personal key reports a refusal by PostHog.
    if (!isVendorError(error)) throw error;
  }
  if (own === undefined)
    return holds(
      what,
      `${host} knows the key; whether it belongs to project ${access.posthog.projectId} could not be checked`,
    );
  if (own === key) return holds(what, `${host} knows the key`);
  return fails(
    what,
    `${host} knows the key, but it is another project's: its events appear on none of these dashboards`,
    `copy the key of project ${access.posthog.projectId} (in PostHog: Settings > Project), then run \`pulumi config set --stack ${access.stack} posthog:projectKey phc_…\`; ${put}`,
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
