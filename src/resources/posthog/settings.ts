import pLimit, { type LimitFunction } from "p-limit";
import { vendors } from "../../model/vendors/index.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { tellProgress } from "../kernel/http.ts";
import { Limiter } from "../kernel/limits/limiter.ts";
import { publishedLimits, unlimited } from "../kernel/limits/published.ts";
import { shared, VendorSettings } from "../kernel/vendor-settings.ts";
import { PostHogApi } from "./api.ts";
import { Overview } from "./overview.ts";
import { PostHogRequests } from "./request.ts";

/** The connection to one project of one PostHog, with one key. */
export interface Connection {
  /** The app's address, without a trailing slash. */
  host: string;
  projectId: number;
  api: PostHogApi;
  overview: Overview;
  clock: Clock;
  /**
   * Runs changes of insights' dashboards one at a time. PostHog writes an insight's dashboards as a whole, so two
   * concurrent changes would undo each other.
   */
  memberships: LimitFunction;
  /** Prints a line for the user of the command. */
  tell: (line: string) => void;
}

/** Shared by the providers of one process: the stack's configuration, and one connection per project. */
export class PostHogConnections {
  readonly #settings = new VendorSettings(vendors.posthog);
  readonly #limiter: (place: { host: string; key: string; limits: string }) => Limiter;
  readonly #connection: (place: { host: string; key: string; limits: string; projectId: number }) => Connection;

  constructor({
    clock = systemClock,
    progress = tellProgress,
  }: { clock?: Clock; progress?: (line: string) => void } = {}) {
    // PostHog counts per key, for all projects (get_cache_key in posthog/rate_limit.py).
    this.#limiter = shared(({ limits }) => {
      const published = publishedLimits.posthog;
      return new Limiter(limits === "learned" ? unlimited(published) : published, {
        vendor: vendors.posthog.name,
        clock,
        progress,
      });
    });
    this.#connection = shared(({ host, key, limits, projectId }) => {
      const limiter = this.#limiter({ host, key, limits });
      const api = new PostHogApi(new PostHogRequests({ host, projectId, key, limiter, clock }));
      const overview = new Overview(api, clock);
      return { host, projectId, api, overview, clock, memberships: pLimit(1), tell: progress };
    });
  }

  /** Stores the stack's configuration. Nothing is read or checked yet, so it cannot fail. */
  configure = this.#settings.configure;

  /**
   * The connection to a project.
   * @throws Error when there is no key
   */
  connect = (projectId: number): Connection => {
    const [key, host] = [this.#settings.secret(), this.#settings.address()];
    // "learned": a self-hosted installation, which has other limits than PostHog Cloud, or none.
    const limits = this.#settings.text("posthog:limits") ?? "published";
    return this.#connection({ host, key, limits, projectId });
  };
}

/** The connections of Pulumi's provider process. */
export const connections = new PostHogConnections();
