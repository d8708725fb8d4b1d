import { z } from "zod";
import { batched } from "../kernel/batched.ts";
import { hasStatus, isVendorError } from "../kernel/errors.ts";
import type { Http } from "../kernel/http.ts";
import type { JsonObject } from "../kernel/json.ts";
import {
  detectorAnswer,
  environmentAnswer,
  filterAnswer,
  integrationAnswer,
  keyAnswer,
  type ListedProject,
  type LiveDetector,
  type LiveFilter,
  type LiveKey,
  type LiveMember,
  type LiveOrganization,
  type LiveOwnership,
  type LiveProject,
  type LiveTeam,
  type LiveWorkflow,
  listedProjectAnswer,
  memberAnswer,
  organizationAnswer,
  ownershipAnswer,
  projectAnswer,
  teamAnswer,
  tokenAnswer,
  workflowAnswer,
} from "./answers.ts";
import { slugSince } from "./explain.ts";
import { sentryHttp } from "./http.ts";

const anything = z.unknown();

/**
 * Sentry's management API for one organization, call by call (docs.sentry.io/api). Paths end with a slash, which Sentry
 * requires. Bodies are in camel case, also where the published description differs.
 */
export class SentryApi {
  /** Sentry's address, without `/api` and without a trailing slash. */
  readonly root: string;
  readonly organization: string;
  readonly #http: Http;

  constructor({ root, organization, token }: { root: string; organization: string; token: string }) {
    this.root = root;
    this.organization = organization;
    this.#http = sentryHttp({ root, organization, token });
    this.projectNumber = batched(async (slugs) => {
      const found = await Promise.all(slugs.map((slug) => this.orGone(this.project(slug))));
      return new Map(slugs.flatMap((slug, i) => (found[i] ? [[slug, found[i].id] as const] : [])));
    });
  }

  /**
   * The organization itself.
   * @throws VendorError that says which of address, token or organization is wrong
   */
  verify = (): Promise<LiveOrganization> => this.#http.request("GET", this.#ofOrganization(""), organizationAnswer);

  /** The present slug of the organization with this id; undefined when the token cannot see one. */
  slugOf = async (organizationId: string): Promise<string | undefined> => {
    const path = `/api/0/organizations/${encodeURIComponent(organizationId)}/`;
    try {
      return (await this.#http.request("GET", path, organizationAnswer)).slug;
    } catch (error) {
      if (hasStatus(error, 404) || hasStatus(error, 403)) return undefined;
      throw error;
    }
  };

  /** Scopes of the token; undefined when Sentry does not return them. */
  scopes = async (): Promise<string[] | undefined> => {
    try {
      return (await this.#http.request("GET", "/api/0/", tokenAnswer)).auth?.scopes;
    } catch (error) {
      if (isVendorError(error)) return undefined;
      throw error;
    }
  };

  integration = (id: string) =>
    this.#http.request("GET", this.#ofOrganization(`integrations/${encodeURIComponent(id)}/`), integrationAnswer);

  /** Members of the organization, including invited ones. */
  members = (): Promise<LiveMember[]> => this.#all(this.#ofOrganization("members/"), memberAnswer);

  /**
   * Environments that any event has used, also those that somebody hid in a project: monitors and alerts may still name them.
   * Sentry: src/sentry/api/endpoints/organization_environments.py
   */
  environments = (): Promise<z.infer<typeof environmentAnswer>[]> =>
    this.#all(this.#ofOrganization("environments/?visibility=all"), environmentAnswer);

  /** A project by its present or former slug, or by its id. */
  project = (slugOrId: string): Promise<LiveProject> =>
    this.#whereItIs(slugOrId, (now) => this.#http.request("GET", this.#ofProject(now), projectAnswer));

  /** The project with this present slug; undefined when there is none, also for a former slug. */
  projectNow = (slug: string): Promise<LiveProject | undefined> =>
    this.orGone(this.#http.request("GET", this.#ofProject(slug), projectAnswer)).catch((error: unknown) => {
      if (isVendorError(error) && slugSince(error.failure) !== undefined) return undefined;
      throw error;
    });

  /** All projects that the token can see. */
  projects = (): Promise<ListedProject[]> => this.#all(this.#ofOrganization("projects/"), listedProjectAnswer);

  team = (slug: string): Promise<LiveTeam | undefined> => {
    const path = `/api/0/teams/${encodeURIComponent(this.organization)}/${encodeURIComponent(slug)}/`;
    return this.orGone(this.#http.request("GET", path, teamAnswer));
  };

  /** All teams that the token can see. */
  teams = (): Promise<LiveTeam[]> => this.#all(this.#ofOrganization("teams/"), teamAnswer);

  /** The id of the project with a slug; undefined when there is none. Concurrent calls share one request. */
  projectNumber: (slug: string) => Promise<string | undefined>;

  /** By the project's present slug, as are the following. */
  changeProject = async (slug: string, body: JsonObject): Promise<void> => {
    await this.#http.request("PUT", this.#ofProject(slug), anything, { body });
  };

  keys = (slug: string): Promise<LiveKey[]> => this.#all(this.#ofProject(slug, "keys/"), keyAnswer);

  changeKey = async (slug: string, id: string, body: JsonObject): Promise<void> => {
    await this.#http.request("PUT", this.#ofProject(slug, `keys/${encodeURIComponent(id)}/`), anything, { body });
  };

  deleteKey = (slug: string, id: string): Promise<void> =>
    this.#delete(this.#ofProject(slug, `keys/${encodeURIComponent(id)}/`));

  ownership = (slug: string): Promise<LiveOwnership> =>
    this.#http.request("GET", this.#ofProject(slug, "ownership/"), ownershipAnswer);

  /** Fields that are not in the body stay unchanged. */
  changeOwnership = async (slug: string, body: JsonObject): Promise<void> => {
    await this.#http.request("PUT", this.#ofProject(slug, "ownership/"), anything, { body });
  };

  filters = (slug: string): Promise<LiveFilter[]> =>
    this.#http.request("GET", this.#ofProject(slug, "filters/"), z.array(filterAnswer));

  /** `{active}`, or `{subfilters}` for legacy browsers. */
  changeFilter = async (slug: string, id: string, body: JsonObject): Promise<void> => {
    await this.#http.request("PUT", this.#ofProject(slug, `filters/${id}/`), anything, { body });
  };

  /** Monitors of a project, by its number; of one type when it is given. */
  detectors = (projectId: string, type?: string): Promise<LiveDetector[]> =>
    this.#all(
      this.#ofOrganization(`detectors/?${search({ project: projectId, query: type && `type:${type}` })}`),
      detectorAnswer,
    );

  detector = (id: string): Promise<LiveDetector | undefined> =>
    this.orGone(this.#http.request("GET", this.#ofOrganization(`detectors/${id}/`), detectorAnswer));

  createDetector = (projectSlug: string, body: JsonObject): Promise<LiveDetector> =>
    this.#http.request("POST", this.#ofOrganization(`projects/${projectSlug}/detectors/`), detectorAnswer, { body });

  changeDetector = (id: string, body: JsonObject): Promise<LiveDetector> =>
    this.#http.request("PUT", this.#ofOrganization(`detectors/${id}/`), detectorAnswer, { body });

  deleteDetector = (id: string): Promise<void> => this.#delete(this.#ofOrganization(`detectors/${id}/`));

  /** Alerts connected to any monitor of these projects, by their ids. */
  workflows = (projectIds: readonly string[]): Promise<LiveWorkflow[]> =>
    this.#all(this.#ofOrganization(`workflows/?${search({ project: projectIds })}`), workflowAnswer);

  workflow = (id: string): Promise<LiveWorkflow | undefined> =>
    this.orGone(this.#http.request("GET", this.#ofOrganization(`workflows/${id}/`), workflowAnswer));

  createWorkflow = (body: JsonObject): Promise<LiveWorkflow> =>
    this.#http.request("POST", this.#ofOrganization("workflows/"), workflowAnswer, { body });

  /** The body must contain the id, too. */
  changeWorkflow = (id: string, body: JsonObject): Promise<LiveWorkflow> =>
    this.#http.request("PUT", this.#ofOrganization(`workflows/${id}/`), workflowAnswer, { body: { id, ...body } });

  deleteWorkflow = (id: string): Promise<void> => this.#delete(this.#ofOrganization(`workflows/${id}/`));

  /**
   * Undefined when Sentry answers that the object does not exist. It answers the same for all objects of a wrong
   * organization, so the organization is verified first: otherwise a wrong setting would drop everything from the
   * state.
   */
  orGone = async <T>(request: Promise<T>): Promise<T | undefined> => {
    try {
      return await request;
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      await this.verify();
      return undefined;
    }
  };

  /**
   * Repeats the request with the new slug when Sentry answers that a project was renamed: the address stays the one
   * that may receive the key.
   */
  async #whereItIs<T>(slug: string, ask: (slug: string) => Promise<T>): Promise<T> {
    try {
      return await ask(slug);
    } catch (error) {
      const now = isVendorError(error) ? slugSince(error.failure) : undefined;
      if (now === undefined || now === slug) throw error;
      return ask(now);
    }
  }

  #delete = async (path: string): Promise<void> => {
    await this.orGone(this.#http.request("DELETE", path, anything));
  };

  async #all<T>(path: string, item: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const address: string = cursor ? `${path}${path.includes("?") ? "&" : "?"}${search({ cursor })}` : path;
      const { body, headers } = await this.#http.exchange("GET", address, z.array(item));
      found.push(...body);
      cursor = nextCursor(headers("link"));
    }
    return found;
  }

  #ofOrganization = (rest: string): string => `/api/0/organizations/${encodeURIComponent(this.organization)}/${rest}`;
  #ofProject = (slug: string, rest = ""): string =>
    `/api/0/projects/${encodeURIComponent(this.organization)}/${encodeURIComponent(slug)}/${rest}`;
}

function search(parameters: Record<string, string | readonly string[] | undefined>): string {
  const entries = Object.entries(parameters).flatMap(([key, value]) =>
    [value ?? []].flat().map((one): [string, string] => [key, one]),
  );
  return new URLSearchParams(entries).toString();
}

/** `<…>; rel="next"; results="true"; cursor="0:100:0"`: Sentry returns a next page even when it is empty. */
export function nextCursor(link: string | undefined): string | undefined {
  const next = link?.split(/,\s*(?=<)/).find((part) => /rel="next"/.test(part));
  return next && /results="true"/.test(next) ? /cursor="([^"]+)"/.exec(next)?.[1] : undefined;
}
