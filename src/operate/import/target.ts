import { Failure } from "../command/failure.ts";

/** The PostHog project with the stack's dashboards. */
export interface StackProject {
  readonly stack: string;
  readonly host: string;
  readonly projectId: number;
}

const address = /^\/(?:project\/(\d+)\/)?dashboards?\/(\d+)(?:\/|$)/;

/**
 * The dashboard's number, from a number or from its address in PostHog's app.
 * @throws Failure for anything else, and for an address in another PostHog or project than the stack's
 */
export function dashboardId(target: string, { stack, host, projectId }: StackProject): string {
  if (/^#?[1-9]\d*$/.test(target)) return target.replace("#", "");
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const example = `its number, or its address: ${host}/project/${projectId}/dashboard/<number>`;
  if (!url) throw new Failure(`"${target}" is not a dashboard of PostHog`, { fix: example });
  if (url.origin !== new URL(host).origin) {
    throw new Failure(`the dashboard is at ${url.origin}, and ${stack} works with ${host}`, {
      fix: "name the stack of that PostHog with --stack",
    });
  }
  if (/^\/(shared|embedded)/.test(url.pathname)) {
    throw new Failure("a link for sharing does not say which dashboard it shows", {
      fix: `open the dashboard in PostHog, and copy the address from there: ${example}`,
    });
  }
  const [, project, id] = address.exec(url.pathname) ?? [];
  if (id === undefined) throw new Failure(`"${target}" is not the address of a dashboard`, { fix: example });
  if (project !== undefined && Number(project) !== projectId) {
    throw new Failure(`the dashboard is in project ${project}, and ${stack} works with project ${projectId}`, {
      fix: "name the stack of that project with --stack",
    });
  }
  return id;
}
