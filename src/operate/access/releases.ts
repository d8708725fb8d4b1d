import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import { whyNoKeyTo } from "../../resources/kernel/destinations.ts";
import { hasStatus } from "../../resources/kernel/errors.ts";
import type { Http, RequestOptions } from "../../resources/kernel/http.ts";
import { nextCursor } from "../../resources/sentry/api.ts";
import { sentryHttp } from "../../resources/sentry/http.ts";
import { type Access, requireKey } from "./access.ts";

const deploy = z.object({ environment: z.string(), name: z.string().nullish(), dateFinished: z.string() });
const release = z.object({
  version: z.string(),
  ref: z.string().nullish(),
  dateReleased: z.string().nullish(),
  commitCount: z.number().default(0),
  lastDeploy: deploy.nullish(),
});
const commit = z.object({
  id: z.string(),
  message: z.string().nullish(),
  repository: z.object({ name: z.string() }).nullish(),
});
const frame = z.object({
  filename: z.string().nullish(),
  absPath: z.string().nullish(),
  lineNo: z.number().nullish(),
  colNo: z.number().nullish(),
  context: z.array(z.tuple([z.number(), z.string().nullable()])).nullish(),
});
const stack = z.object({ frames: z.array(frame).nullish() }).nullish();
const processed = z.object({
  entries: z.array(z.looseObject({ type: z.string(), data: z.unknown() })),
});
const exceptions = z.object({ values: z.array(z.object({ stacktrace: stack })).nullish() });
const diagnosis = z.object({
  release_has_some_artifact: z.boolean(),
  exceptions: z.array(
    z.object({
      frames: z.array(
        z.object({
          debug_id_process: z.object({
            debug_id: z.string().nullable(),
            uploaded_source_file_with_correct_debug_id: z.boolean(),
            uploaded_source_map_with_correct_debug_id: z.boolean(),
          }),
        }),
      ),
    }),
  ),
});
const file = z.object({
  id: z.string(),
  name: z.string(),
  headers: z.record(z.string(), z.string()),
  dateCreated: z.string(),
});
const region = z.object({ links: z.object({ regionUrl: z.url().nullish() }).nullish() });
const anything = z.unknown();

/** Most pages of releases that are read, of 100 each. */
const mostPages = 20;

export type LiveRelease = z.output<typeof release>;
export type LiveCommit = z.output<typeof commit>;
export type ReleaseFile = z.output<typeof file>;
/** A stack frame as Sentry shows it. */
export type ShownFrame = z.output<typeof frame>;
/** Why Sentry could not read frames of an event. */
export type SourceMapDiagnosis = z.output<typeof diagnosis>;

/** The part of a stack's access that releases need. */
export type ReleasesAccess = Pick<Access, "keys" | "stack"> & {
  readonly sentry: Pick<Access["sentry"], "baseUrl" | "organization">;
};

export interface CommitOfRelease {
  readonly id: string;
  readonly repository?: string;
  readonly message?: string;
  readonly timestamp?: string;
}

/**
 * Releases of the organization, and how Sentry reads the errors of one. Marking one needs `project:releases` (or
 * `project:admin`; `org:ci` and `project:write` remove no file), and `org:read` for the address of the region; the errors need `project:read`.
 */
export class SentryReleases {
  readonly #http: Http;
  readonly #organization: string;
  readonly #slug: string;
  /** Files are only taken at the address of the organization's region. */
  readonly #regional: () => Promise<Http>;

  constructor(access: ReleasesAccess) {
    const { baseUrl: root, organization } = access.sentry;
    const token = requireKey(access, "sentry");
    this.#slug = encodeURIComponent(organization);
    this.#organization = `/api/0/organizations/${this.#slug}`;
    this.#http = sentryHttp({ root, organization, token });
    let regional: Promise<Http> | undefined;
    this.#regional = () => {
      regional ??= this.#regionUrl().then((url) => (url ? sentryHttp({ root: url, organization, token }) : this.#http));
      return regional;
    };
  }

  /** Creates the release or, if it exists, adds the project to it. Safe to repeat. */
  make = (version: string, project: string): Promise<LiveRelease> =>
    this.#http.request("POST", `${this.#organization}/releases/`, release, {
      body: { version, projects: [project] },
      repeatable: true,
    });

  release = async (version: string): Promise<LiveRelease | undefined> => {
    try {
      return await this.#http.request("GET", this.#release(version), release);
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  };

  change = (
    version: string,
    body: { ref?: string; dateReleased?: string; commits?: readonly CommitOfRelease[] },
    options: Pick<RequestOptions, "repeatable" | "mayWaitMs"> = {},
  ): Promise<LiveRelease> => this.#http.request("PUT", this.#release(version), release, { body, ...options });

  /** Commits of a release; the first page. */
  commits = (version: string): Promise<LiveCommit[]> =>
    this.#http.request("GET", `${this.#release(version)}commits/?per_page=100`, z.array(commit));

  deploys = (version: string) => this.#http.request("GET", `${this.#release(version)}deploys/`, z.array(deploy));

  /** @param mayWaitMs how long it may wait for Sentry's limits before it is sent */
  addDeploy = async (
    version: string,
    body: { environment: string; url?: string; projects: string[] },
    mayWaitMs: number,
  ): Promise<void> => {
    await this.#http.request("POST", `${this.#release(version)}deploys/`, anything, { body, mayWaitMs });
  };

  /** Adds an empty file to a release. @returns undefined when the release has a file of this name */
  addFile = async (
    version: string,
    name: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<ReleaseFile | undefined> => {
    const form = new FormData();
    form.append("file", new Blob(["lock"], { type: "text/plain" }), "lock");
    form.append("name", name);
    for (const [key, value] of Object.entries(headers)) form.append("header", `${key}:${value}`);
    const http = await this.#regional();
    try {
      return await http.request("POST", `${this.#release(version)}files/`, file, { body: form });
    } catch (error) {
      if (hasStatus(error, 409)) return undefined;
      throw error;
    }
  };

  /** Files of a release with exactly this name, and Sentry's time (milliseconds since 1970). */
  filesNamed = async (version: string, name: string) => {
    const query = new URLSearchParams({ query: name });
    const path = `${this.#release(version)}files/?${query}`;
    const { body, headers } = await this.#http.exchange("GET", path, z.array(file));
    const said = Date.parse(headers("date") ?? "");
    return { files: body.filter((one) => one.name === name), serverNow: Number.isNaN(said) ? Date.now() : said };
  };

  /** Removes a file from a release, unless it is gone already. */
  removeFile = async (version: string, id: string, options: Pick<RequestOptions, "mayWaitMs"> = {}): Promise<void> => {
    const path = `${this.#release(version)}files/${encodeURIComponent(id)}/`;
    try {
      await this.#http.request("DELETE", path, anything, options);
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
  };

  /**
   * The newest release with this in its name that is wanted: previews may have made many since.
   * @returns undefined when there is none among the newest 2000
   */
  newest = async (
    query: string,
    isWanted: (release: LiveRelease) => boolean | Promise<boolean>,
  ): Promise<LiveRelease | undefined> => {
    let cursor: string | undefined;
    for (let page = 1; page <= mostPages; page++) {
      const search = new URLSearchParams({ query, per_page: "100", ...(cursor !== undefined && { cursor }) });
      const path = `${this.#organization}/releases/?${search}`;
      const { body, headers } = await this.#http.exchange("GET", path, z.array(release));
      for (const one of body) if (await isWanted(one)) return one;
      cursor = nextCursor(headers("link"));
      if (cursor === undefined) return undefined;
    }
    return undefined;
  };

  /** Stack frames of an error as Sentry shows them, innermost call last. */
  frames = async (project: string, eventId: string): Promise<ShownFrame[]> => {
    const { entries } = await this.#http.request("GET", this.#event(project, eventId), processed);
    const found = entries.filter(({ type }) => type === "exception").map(({ data }) => exceptions.safeParse(data).data);
    return found.flatMap((one) => one?.values ?? []).flatMap(({ stacktrace }) => stacktrace?.frames ?? []);
  };

  whyUnreadable = (project: string, eventId: string): Promise<SourceMapDiagnosis> =>
    this.#http.request("GET", `${this.#event(project, eventId)}source-map-debug/`, diagnosis);

  /** Undefined when Sentry has no regions, or names one that must not get the key. */
  async #regionUrl(): Promise<string | undefined> {
    try {
      const { links } = await this.#http.request("GET", `${this.#organization}/`, region);
      const url = links?.regionUrl?.replace(/\/+$/, "");
      return url !== undefined && whyNoKeyTo(vendors.sentry.name, url) === undefined ? url : undefined;
    } catch (error) {
      if (hasStatus(error, 403)) return undefined;
      throw error;
    }
  }

  #release = (version: string): string => `${this.#organization}/releases/${encodeURIComponent(version)}/`;
  #event = (project: string, id: string): string =>
    `/api/0/projects/${this.#slug}/${encodeURIComponent(project)}/events/${id}/`;
}
