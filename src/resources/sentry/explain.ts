import { commandScopes, neededScopes } from "../../model/vendors/sentry.ts";
import { type Failure, quoted } from "../kernel/errors.ts";
import { noAnswer } from "../kernel/network.ts";

/** Which of token, scopes, organization and project to check. Undefined: the plain description is enough. */
export function explain(failure: Failure, { root, organization }: { root: string; organization: string }) {
  const { status, detail, code, path } = failure;
  if (status === undefined) {
    return noAnswer(root, code, `Look at the address: sentry:baseUrl is ${root}, Sentry's own is https://sentry.io`);
  }
  if (status === 401) {
    return `${root} does not accept the token${quoted(detail)}. Look at the token: SENTRY_TOKEN must be one of an internal integration or a user of the organization "${organization}", with the scopes ${neededScopes}`;
  }
  if (status === 403) {
    return `the token may not do this${quoted(detail)}: ${failure.method} ${path} needs ${scopeFor(failure)}. Look at the token's scopes: this stack needs ${neededScopes}, and obs verify ${commandScopes.verify}, too`;
  }
  if (status === 404) return `there is no ${missing(path, organization)} for this token at ${root}${quoted(detail)}`;
  if (status === 410) {
    return `Sentry has removed this part of its API (${failure.method} ${path})${quoted(detail)}. Nothing was changed: update this project's Sentry resources, and do not use the alert resources of @pulumiverse/sentry`;
  }
  if (status === 400 && /environment is not part of this organization|environment has not been created/i.test(detail)) {
    return `Sentry does not know the environment yet${quoted(detail)}: it makes one when the first event from it arrives. Send one (an app that runs with the new DSN, or \`sentry-cli send-event -m hello --env production\`), then run the same command again: what is made already stays`;
  }
  if (status === 400 && /Invalid rule owners/i.test(detail)) {
    return `Sentry takes for an owner only who sees the project${quoted(detail)}. Nothing was changed. A team must have the project (Settings > Projects > ${projectIn(path)} > Project Teams), a person must be in a team that has it`;
  }
  if (status === 400 && /The slug .* is already in use/i.test(detail)) {
    return `another project of the organization has a cron monitor of this slug${quoted(detail)}. Nothing was changed: delete that one (Monitors > Crons in Sentry), or name the job otherwise here and in its check-ins`;
  }
  const since = slugSince(failure);
  if (since !== undefined) {
    return `the project "${projectIn(path)}" was renamed in Sentry: it is "${since}" now. Give it its slug back there (Settings > Projects > ${since} > General), or look at what has changed: npx obs drift`;
  }
  if (status >= 300 && status < 400) {
    return `${root} ${detail}. Look at the address: sentry:baseUrl must be the one that answers itself`;
  }
  if (code === "unexpected_answer") {
    return `${root} does not answer as Sentry's API does (${failure.method} ${path}: ${detail}). Look at the address: sentry:baseUrl is ${root}`;
  }
  return undefined;
}

/** A project's present slug, from an answer to a request with a former slug. */
export function slugSince({ status, code, location }: Failure): string | undefined {
  if (status !== 302 || code !== "resource-moved") return undefined;
  const slug = /\/projects\/[^/]+\/([^/]+)\//.exec(location ?? "")?.[1];
  return slug && decodeURIComponent(slug);
}

const projectIn = (path: string): string | undefined =>
  /\/organizations\/[^/]+\/projects\/([^/]+)\//.exec(path)?.[1] ?? /\/0\/projects\/[^/]+\/([^/]+)\//.exec(path)?.[1];

/** Required scope of each endpoint, from the `security` sections of Sentry's OpenAPI. */
function scopeFor({ method, path }: Failure): string {
  const reads = method === "GET";
  const level = reads ? "read" : method === "DELETE" ? "admin" : "write";
  const area = areaOf(path);
  if (/^(workflows|detectors|monitors)$/.test(area)) return reads ? "alerts:read" : "alerts:write";
  if (area === "releases") return reads ? "project:releases or project:read" : "project:releases";
  if (area === "issues") return `event:${level}`;
  if (area === "members") return reads ? "member:read" : "member:write";
  // An organization's list of these, and its `eventids`, are part of the organization.
  if (reads && /\/organizations\//.test(path) && /^(projects|teams)$/.test(area)) return "org:read";
  if (area === "projects" || projectIn(path) !== undefined) return `project:${level}`;
  return area === "teams" ? `team:${level}` : `org:${level}`;
}

/** What a path is about: what follows its organization or project, whose slugs may be any word. */
function areaOf(path: string): string {
  const [, ofOrganization, ofProject, ofTeam] =
    /\/0\/(?:organizations\/[^/]+\/(?:projects\/[^/?]+\/)?([a-z]*)|projects\/[^/]+\/[^/]+\/([a-z]*)|teams\/[^/]+\/[^/]+\/([a-z]*))/.exec(
      path,
    ) ?? [];
  return ofOrganization ?? ofProject ?? (ofTeam === "" ? "teams" : (ofTeam ?? ""));
}

function missing(path: string, organization: string): string {
  const [, area, id] = /\/(workflows|detectors)\/(\d+)\//.exec(path) ?? [];
  if (area && id) return `${area === "workflows" ? "alert" : "monitor"} ${id} in the organization "${organization}"`;
  const release = /\/releases\/([^/?]+)\//.exec(path)?.[1];
  if (release && areaOf(path) === "releases")
    return `release ${decodeURIComponent(release)} in the organization "${organization}"`;
  const issue = /\/issues\/(\d+)\//.exec(path)?.[1];
  if (issue) return `issue ${issue} in the organization "${organization}"`;
  const project = projectIn(path);
  const event = /\/(?:events|eventids)\/([\da-f]{32})\//.exec(path)?.[1];
  if (event)
    return `event ${event} in the ${project ? `project "${project}" of the ` : ""}organization "${organization}"`;
  if (project) return `project "${project}" in the organization "${organization}"`;
  const integration = /\/integrations\/([^/]+)\//.exec(path)?.[1];
  if (integration) return `integration ${integration} in the organization "${organization}"`;
  return `organization "${organization}" (its slug is in the address of its pages: https://<slug>.sentry.io; it is another one after a renaming there)`;
}
