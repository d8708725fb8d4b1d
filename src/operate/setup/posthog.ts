import { z } from "zod";
import {
  defaultPosthog,
  ingestionHosts,
  posthogCloud,
  posthogRegions,
  regionOfHost,
} from "../../model/posthog/hosts.ts";
import { vendors } from "../../model/vendors/index.ts";
import { type Scope, scopePurposes } from "../../model/vendors/posthog.ts";
import { hasStatus, isVendorError } from "../../resources/kernel/errors.ts";
import type { Http } from "../../resources/kernel/http.ts";
import { type Key, keyAnswer } from "../../resources/posthog/answers.ts";
import { posthogHttp } from "../../resources/posthog/http.ts";
import { keyProblems } from "../../resources/posthog/scopes.ts";
import type { Choice, Decisions } from "./questions.ts";
import type { VendorLook } from "./report.ts";

const project = z.object({ id: z.number(), name: z.string(), api_token: z.string().optional() });
type Project = z.infer<typeof project>;
const projectPage = z.object({ results: z.array(project), next: z.string().nullish() });

/** Finds PostHog's region, project and project key with a personal key, and the scopes that the key lacks. */
export async function lookAtPostHog(decisions: Decisions, key: string): Promise<VendorLook> {
  const { draft } = decisions;
  const given = draft.value("posthog:host") ?? defaultPosthog.app;
  const { host, itself } = await whereItIsKnown(given, key);
  const found: string[] = [];
  if (host !== given) {
    const region = regionOfHost(host);
    draft.set({ path: "posthog:host", value: host });
    if (region !== undefined) draft.set({ path: "posthog:ingestHost", value: ingestionHosts[region] });
    found.push(`the key is one of ${host}, not of ${given}`);
  }
  const projects = await projectsOf(httpOf(host, key));
  const choices = projects?.map(({ id, name }) => ({ value: String(id), what: name })) ?? confinedTo(itself);
  if (projects === undefined) found.push("the key may not list projects (that needs the scope project:read)");
  const id = await decisions.decide({
    ...{ path: "posthog:projectId", ask: "Which project of PostHog is it?", choices },
    isOpen: projects === undefined,
    ...(choices.length === 1 && { suggested: choices[0]?.value }),
  });
  const chosen = projects?.find((one) => String(one.id) === id);
  if (chosen) found.push(`the project ${chosen.name} (${chosen.id})`);
  const token = chosen?.api_token;
  const projectKey = await decisions.decide({
    ...{ path: "posthog:projectKey", ask: "What is the project's API key (phc_…)? It is public", choices: [] },
    ...{ isOpen: true, suggested: token },
  });
  if (token !== undefined && projectKey !== token)
    decisions.wrong.push({
      problem: `posthog:projectKey is not the key of the project ${id}: events would go elsewhere`,
      fix: `--set posthog:projectKey=${token}`,
    });
  const lacks = itself ? keyProblems(itself, Number(id ?? 0), Object.keys(scopePurposes) as Scope[]) : [];
  const without = id === undefined ? lacks.filter((lack) => !lack.includes("confined to other projects")) : lacks;
  return { vendor: vendors.posthog.name, state: "looked at", found, lacks: without };
}

const confinedTo = (key: Key | undefined): Choice[] =>
  (key?.scoped_teams ?? []).map((id) => ({ value: String(id), what: `project ${id}` }));

const httpOf = (host: string, key: string): Http => posthogHttp({ host, projectId: 0, key });

/** The region that accepts the key: if the first does not, PostHog's other region is tried. */
async function whereItIsKnown(given: string, key: string): Promise<{ host: string; itself: Key | undefined }> {
  const region = regionOfHost(given);
  const others = region === undefined ? [] : posthogRegions.filter((one) => one !== region);
  const hosts = [given, ...others.map((one) => posthogCloud[one].app)];
  let refusal: unknown;
  for (const host of hosts) {
    try {
      return { host, itself: await httpOf(host, key).request("GET", "/api/personal_api_keys/@current/", keyAnswer) };
    } catch (error) {
      // A self-hosted PostHog may not have this endpoint; the key's scopes are then not known.
      if (hasStatus(error, 404)) return { host, itself: undefined };
      if (!hasStatus(error, 401)) throw refusal ?? error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Undefined when the key may not list them. */
async function projectsOf(http: Http): Promise<Project[] | undefined> {
  try {
    const all: Project[] = [];
    for (let offset = 0; ; offset = all.length) {
      const { results, next } = await http.request("GET", `/api/projects/?limit=100&offset=${offset}`, projectPage);
      all.push(...results);
      if (!next || results.length === 0) return all;
    }
  } catch (error) {
    if (isVendorError(error) && error.failure.status === 403) return undefined;
    throw error;
  }
}
