import { environment, type VariableName } from "../../catalog/environment.ts";
import type { App } from "../../catalog/variable.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { vendors } from "../../model/vendors/index.ts";
import type { Setting } from "../../platform/settings/commands.ts";
import type { LiveKey } from "../../resources/sentry/answers.ts";
import { SentryApi } from "../../resources/sentry/api.ts";
import { type Access, readAccess, requireKey } from "../access/access.ts";
import { type AppVariables, liveVariables, valueAt } from "../access/apps.ts";
import { readState } from "../access/state.ts";
import { Failure } from "../command/failure.ts";
import type { Surroundings } from "../command/surroundings.ts";
import type { Resource } from "../plan/plan.ts";
import type { Stack } from "../stack/stack.ts";
import {
  type ExistingObject,
  type ExistingObjects,
  type Standing,
  type TakeOverReport,
  takeOver,
} from "./take-over.ts";

/** Names that override the stack's configuration. */
export interface SentryTargets {
  /** Slug of the team. */
  readonly team?: string;
  /** Slugs of the projects. */
  readonly browserProject?: string;
  readonly serverProject?: string;
  /** Ids of keys; false: each app gets a new one. */
  readonly browserKey?: string;
  readonly serverKey?: string;
  readonly newKeys?: true;
}

const appNames: Record<App, string> = { browser: "the browser app", server: "the backend" };

/** Result of one part of the lookup. */
interface Part {
  found: ExistingObject[];
  settings: Setting[];
}

/** Input of the lookup. */
interface Task {
  readonly stack: Stack;
  readonly access: Access;
  readonly api: SentryApi;
  readonly state: readonly Resource[];
  readonly targets: SentryTargets;
  readonly variables: Record<App, AppVariables>;
}

/**
 * Takes over a team, projects and keys that exist at Sentry.
 * @throws Failure when that cannot be done; nothing is changed then
 */
export async function importSentry(
  targets: SentryTargets,
  stack: Stack,
  dryRun: boolean,
  { progress }: Pick<Surroundings, "progress">,
): Promise<TakeOverReport> {
  const access = await readAccess(stack);
  progress(`Looking at the organization ${access.sentry.organization} in Sentry …`);
  const looked = await lookAtSentry(targets, { stack, access, state: await readState(stack) });
  return takeOver(stack, { vendor: vendors.sentry.name, dryRun, ...looked });
}

/**
 * Looks up the configured team, projects and keys at Sentry, and makes the settings that take them over.
 * @throws Failure when something named does not exist
 */
export async function lookAtSentry(
  targets: SentryTargets,
  { stack, access, state }: Pick<Task, "stack" | "access" | "state">,
): Promise<ExistingObjects> {
  const { baseUrl: root, organization, projects } = access.sentry;
  const api = new SentryApi({ root, organization, token: requireKey(access, "sentry") });
  const variables = await liveVariables(access);
  const task: Task = { stack, access, api, state, targets, variables };
  const slugs = {
    browser: targets.browserProject ?? projects.browser,
    server: targets.serverProject ?? projects.server,
  };
  if (slugs.browser === slugs.server)
    throw new Failure(`both apps would send to the project ${slugs.server}: each has a project of its own`, {
      fix: "name another one with --browser-project or --server-project",
    });
  const parts = [
    await teamPart(task, targets.team ?? access.sentry.team),
    await projectPart(task, "browser", slugs.browser),
    await projectPart(task, "server", slugs.server),
  ];
  const found = parts.flatMap((part) => part.found);
  return { found, settings: parts.flatMap((part) => part.settings), others: await othersBeside(task, found) };
}

async function teamPart({ access, api, state, targets, stack }: Task, slug: string): Promise<Part> {
  const { team: configured, existing } = access.sentry;
  requireFree(state, "SentryTeam", configured, targets.team, stack);
  const team = await api.team(slug);
  if (!team && targets.team !== undefined)
    throw notThere(
      "team",
      slug,
      (await api.teams()).map((one) => one.slug),
    );
  const standing = standingOf({
    exists: team !== undefined,
    isSaid: existing?.team === true && slug === configured,
    isManaged: managed(state, "SentryTeam", slug) !== undefined,
  });
  return {
    found: [{ kind: "team", what: `the team ${slug}`, ...(team && { id: slug }), standing, remarks: [] }],
    settings:
      standing === "exists"
        ? [...renamed("sentryTeam", slug, configured), { path: "sentryExisting.team", value: "true" }]
        : [],
  };
}

async function projectPart(task: Task, app: App, slug: string): Promise<Part> {
  const { access, api, state, targets, stack } = task;
  const { projects, existing } = access.sentry;
  const setting = `${app}Project` as const;
  requireFree(state, "SentryProject", projects[app], targets[setting], stack);
  const project = await api.projectNow(slug);
  if (!project && targets[setting] !== undefined)
    throw notThere(
      "project",
      slug,
      (await api.projects()).map((one) => one.slug),
    );
  const standing = standingOf({
    exists: project !== undefined,
    isSaid: existing?.[setting] === true && slug === projects[app],
    isManaged: managed(state, "SentryProject", slug) !== undefined,
  });
  const what = `${appNames[app]}'s project ${slug}`;
  const found: ExistingObject = { kind: "project", what, ...(project && { id: slug }), standing, remarks: [] };
  const path = `sentry${app === "browser" ? "Browser" : "Server"}Project`;
  const settings =
    standing === "exists"
      ? [...renamed(path, slug, projects[app]), { path: `sentryExisting.${setting}`, value: "true" }]
      : [];
  const key = project ? await keyPart(task, app, slug) : { found: [], settings: [] };
  return { found: [found, ...key.found], settings: [...settings, ...key.settings] };
}

/** The key that the app will continue to use: the named one, the one it uses now, or the only one. */
async function keyPart(task: Task, app: App, slug: string): Promise<Part> {
  const { access, api, state, targets } = task;
  const setting = `${app}Key` as const;
  const named = targets[setting];
  const said = access.sentry.existing?.[setting];
  if (managed(state, "SentryKey", slug) !== undefined) {
    if (named !== undefined && named !== said)
      throw new Failure(`${appNames[app]} has a key of this stack's already`, {
        fix: `a new one is made with: pulumi config set --stack ${task.stack.name} sentryKeyGeneration <one more>`,
      });
    return { found: [], settings: [] };
  }
  const keys = await api.keys(slug);
  const active = keys.filter(({ isActive }) => isActive !== false);
  if (said !== undefined && (named ?? said) === said) {
    const key = requireActive(said, keys, active, slug);
    return { found: [keyFound(app, key, "said", [])], settings: [] };
  }
  if (targets.newKeys || active.length === 0) return { found: [], settings: [] };
  const { key, why } = named
    ? { key: requireActive(named, keys, active, slug), why: [] }
    : chosen(active, sentWith(task.variables[app], app));
  if (!key) {
    const remarks = [
      ...why,
      ...active.map(({ id, name }) => `${JSON.stringify(name)}: --${app}-key ${id}`),
      "if none is chosen, the app gets an additional new key",
    ];
    return {
      found: [{ kind: "key", what: `a key of ${slug}`, standing: "undecided", remarks }],
      settings: [],
    };
  }
  return {
    found: [keyFound(app, key, "exists", why)],
    settings: [{ path: `sentryExisting.${setting}`, value: key.id }],
  };
}

const keyFound = (app: App, { id, name }: LiveKey, standing: Standing, remarks: readonly string[]): ExistingObject => ({
  ...{ kind: "key", what: `${appNames[app]}'s key ${JSON.stringify(name)}`, id, standing, remarks },
});

function requireActive(id: string, keys: readonly LiveKey[], active: readonly LiveKey[], slug: string): LiveKey {
  const key = active.find((one) => one.id === id);
  if (key) return key;
  const isOff = keys.some((one) => one.id === id);
  throw new Failure(isOff ? `the key ${id} of ${slug} is switched off` : `${slug} has no key ${id}`, {
    fix: `its keys: ${active.map(({ id, name }) => `${id} (${name})`).join(", ") || "none that is on"}`,
  });
}

/** Public key in the DSN that the app uses now; undefined when not known. */
function sentWith(variables: AppVariables, app: App): string | undefined {
  const source = app === "browser" ? "sentry.browserDsn" : "sentry.serverDsn";
  const names = Object.keys(environment) as VariableName[];
  const dsn = names.flatMap((name) =>
    environment[name].app === app && environment[name].valueFrom === source ? (valueAt(variables, name) ?? []) : [],
  )[0];
  return dsn === undefined ? undefined : parseDsn(dsn)?.publicKey;
}

function chosen(active: readonly LiveKey[], sent: string | undefined): { key: LiveKey | undefined; why: string[] } {
  const key = active.find(({ id }) => id === sent);
  if (key) return { key, why: ["the app uses it now"] };
  // The app sends to another project, so none of this project's keys is its own.
  if (sent !== undefined) return { key: undefined, why: ["the app uses none of them"] };
  const [only, ...others] = active;
  return others.length === 0
    ? { key: only, why: ["it is the only active one"] }
    : { key: undefined, why: ["the key that the app uses now is not known"] };
}

const standingOf = (is: { exists: boolean; isSaid: boolean; isManaged: boolean }): Standing => {
  if (!is.exists) return "absent";
  if (is.isSaid) return "said";
  return is.isManaged ? "managed" : "exists";
};

const managed = (state: readonly Resource[], kind: string, slug: string): Resource | undefined =>
  state.find(({ type, inputs }) => type.endsWith(`:${kind}`) && (inputs.slug ?? inputs.project) === slug);

/** @throws Failure when the name differs from the stack's state: the program would replace the resource */
function requireFree(
  state: readonly Resource[],
  kind: "SentryTeam" | "SentryProject",
  configured: string,
  named: string | undefined,
  stack: Stack,
): void {
  const own = managed(state, kind, configured);
  if (named === undefined || named === configured || !own) return;
  throw new Failure(`the stack has ${configured} already, in place of ${named}`, {
    fix: `to stop managing it without deleting it: pulumi state delete '${own.urn}' --force --target-dependents --stack ${stack.name}`,
  });
}

const notThere = (kind: string, slug: string, others: readonly string[]): Failure =>
  new Failure(`there is no ${kind} "${slug}" in Sentry`, {
    fix: others.length === 0 ? `the token sees no ${kind}` : `there are: ${others.join(", ")}`,
  });

const renamed = (path: string, slug: string, configured: string): Setting[] =>
  slug === configured ? [] : [{ path, value: slug }];

/** Suggestions when something was not found. */
async function othersBeside({ api }: Task, found: readonly ExistingObject[]): Promise<string[]> {
  const isAbsent = (kind: ExistingObject["kind"]) =>
    found.some((one) => one.kind === kind && one.standing === "absent");
  const slugsOf = (kind: ExistingObject["kind"]) => found.flatMap((one) => (one.kind === kind ? (one.id ?? []) : []));
  const teams = isAbsent("team") ? await api.teams() : [];
  const projects = isAbsent("project") ? await api.projects() : [];
  return [
    ...teams.map(({ slug }) => `the team ${slug}: --team ${slug}`),
    ...projects
      .filter(({ slug }) => !slugsOf("project").includes(slug))
      .map(
        ({ slug, platform }) =>
          `the project ${slug} (${platform ?? "no platform"}): --browser-project or --server-project ${slug}`,
      ),
  ];
}
