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

/** One project of one PostHog, for one key. */
export interface Connection {
  /** The app's address, without a trailing slash. */
  host: string;
  projectId: number;
  api: PostHogApi;
  overview: Overview;
  clock: Clock;
  /**
   * One at a time: what changes on which dashboards an insight stands. PostHog takes all of them together, so that two
   * dashboards that change them side by side would write back what the other one took away.
   */
  memberships: LimitFunction;
  /** Shows a line to the person who runs the command. */
  tell: (line: string) => void;
}

/** What the providers of one process share: the stack's configuration, and with each project one connection. */
export class PostHogConnections {
  readonly #settings = new VendorSettings(vendors.posthog);
  readonly #limiter: (place: { host: string; key: string; limits: string }) => Limiter;
  readonly #connection: (place: { host: string; key: string; limits: string; projectId: number }) => Connection;

  constructor({
    clock = systemClock,
    progress = tellProgress,
  }: { clock?: Clock; progress?: (line: string) => void } = {}) {
    // PostHog counts by key, whatever the project (get_cache_key in posthog/rate_limit.py).
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

  /** Keeps the stack's configuration. Nothing is read or checked yet, so it cannot fail. */
  configure = this.#settings.configure;

  /**
   * The connection to a project.
   * @throws Error when there is no key
   */
  connect = (projectId: number): Connection => {
    const [key, host] = [this.#settings.secret(), this.#settings.address()];
    // "learned": an installation of one's own, which has other limits than PostHog Cloud, or none.
    const limits = this.#settings.text("posthog:limits") ?? "published";
    return this.#connection({ host, key, limits, projectId });
  };
}

/** Those of Pulumi's provider process. */
export const connections = new PostHogConnections();
