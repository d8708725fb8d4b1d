import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { hasStatus, isVendorError } from "../kernel/errors.ts";
import type { Http, Method, RequestOptions } from "../kernel/http.ts";
import type { Limiter } from "../kernel/limits/limiter.ts";
import type { PosthogProject } from "./explain.ts";
import { posthogHttp } from "./http.ts";

/** Rows per page of a list: PostHog's default, and the largest number that it is known to return. */
export const pageSize = 100;

export interface Page<T> {
  /** Number of rows on all pages. Absent in some lists. */
  count: number | undefined;
  rows: T[];
  /** Path of the next page. */
  next: string | undefined;
}

/**
 * Requests to PostHog's management API for one project. Paths have the trailing slash that PostHog requires;
 * `/api/projects/` is the canonical prefix, `/api/environments/` a deprecated alias (PostHog/posthog#60406).
 */
export class PostHogRequests {
  readonly #http: Http;
  readonly projectId: number;

  constructor({
    host,
    projectId,
    key,
    limiter,
    clock,
  }: PosthogProject & { key: string; limiter: Limiter; clock: Clock }) {
    this.projectId = projectId;
    this.#http = posthogHttp({ host, projectId, key }, { limiter, clock });
  }

  /** `path` is within the project, unless it starts with a slash. */
  send<T>(method: Method, path: string, answer: z.ZodType<T>, options?: RequestOptions): Promise<T> {
    return this.#http.request(
      method,
      path.startsWith("/") ? path : `/api/projects/${this.projectId}/${path}`,
      answer,
      options,
    );
  }

  /** Undefined when PostHog answers that the object does not exist. A missing project is an error. */
  async sendToOne<T>(
    method: Method,
    path: string,
    answer: z.ZodType<T>,
    options?: RequestOptions,
  ): Promise<T | undefined> {
    try {
      return await this.send(method, path, answer, options);
    } catch (error) {
      if (hasStatus(error, 404) && isVendorError(error) && !/^project not found/i.test(error.failure.detail))
        return undefined;
      throw error;
    }
  }

  async page<T>(path: string, row: z.ZodType<T>): Promise<Page<T>> {
    const answer = z.object({ count: z.number().nullish(), next: z.string().nullish(), results: z.array(row) });
    const { count, next, results } = await this.send("GET", path, answer);
    return { count: count ?? undefined, rows: results, next: next ? afterHost(next) : undefined };
  }

  async all<T>(path: string, row: z.ZodType<T>): Promise<T[]> {
    return this.rest(await this.page(path, row), row);
  }

  /** The rows of a page and of all following pages. */
  async rest<T>(first: Page<T>, row: z.ZodType<T>): Promise<T[]> {
    const found = [...first.rows];
    for (let next = first.next; next; ) {
      const page: Page<T> = await this.page(next, row);
      found.push(...page.rows);
      next = page.next;
    }
    return found;
  }
}

/** `next` is an absolute address, whose host may differ from ours behind a proxy. */
const afterHost = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};
