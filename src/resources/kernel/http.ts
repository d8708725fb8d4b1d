import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosAdapter, type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import type { z } from "zod";
import { type Clock, systemClock } from "./clock.ts";
import { allowedHostsVariable, isLoopback, requireDestination } from "./destinations.ts";
import { explainOutage, type Failure, VendorError } from "./errors.ts";
import { type AnswerHeaders, readLimitHeaders } from "./limits/headers.ts";
import { Limiter, type Reply, WaitTooLong } from "./limits/limiter.ts";
import { limitsOf, type Method } from "./limits/published.ts";
import { mayPass } from "./network.ts";
import { scrub } from "./scrub.ts";
import { shared } from "./vendor-settings.ts";

export type { AnswerHeaders } from "./limits/headers.ts";
export type { Method } from "./limits/published.ts";

export interface HttpOptions {
  /** The vendor's name for people: "PostHog". */
  vendor: string;
  /** Scheme and host, perhaps a path, no trailing slash. */
  baseUrl: string;
  headers: Record<string, string>;
  /** Extracts the vendor's message from an error body. */
  readError: (body: unknown) => { code?: string | undefined; detail?: string | undefined };
  /** Turns a failure into a message for people. Default: status, path and the vendor's message. */
  explain?: (failure: Failure) => string | undefined;
  /**
   * True when the address comes from the environment and not from a stack's configuration: then its host is allowed.
   */
  isAddressGiven?: boolean;
  /**
   * Whether an answer other than 429 also means that the vendor accepts no more requests for now. The request is then
   * sent again, after a minute when the headers give no time.
   */
  isRefusal?: (answer: { status: number; headers: AnswerHeaders; text: string }) => boolean;
  /**
   * Enforces the vendor's limits. Default: the vendor's published numbers, shared by all clients of this process with
   * the same key.
   */
  limiter?: Limiter;
  /** Milliseconds for one request, from when it is sent; retries not included. Default 30000. */
  timeoutMs?: number;
  clock?: Clock;
}

export interface RequestOptions {
  /** Sent as JSON; a `FormData` as multipart/form-data. */
  body?: unknown;
  /**
   * Whether the request is idempotent. Default: all but POST. Only such requests are repeated after a failure; a 429
   * means that nothing was done, so any request is repeated after one.
   */
  repeatable?: boolean;
  /** Secrets in the body: removed from the error, in case the vendor repeats them in its answer. */
  secrets?: readonly string[];
  /**
   * How long it may wait for the vendor's limits. After that it is not sent, and fails with the code `wait_too_long`. Default: two
   * hours for each wait.
   */
  mayWaitMs?: number;
}

/** The same agents as Node's default ones, which use proxies with NODE_USE_ENV_PROXY. */
const direct = new HttpAgent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });
const directTls = new HttpsAgent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });

const mostAttempts = 5;
/**
 * Milliseconds before the second attempt; doubles with each further one, with up to a fifth of random jitter, so that
 * clients do not retry together.
 */
const firstRetryMs = 200;
/** Milliseconds before retrying a refusal without a time, for vendors with {@link HttpOptions.isRefusal}. */
const unsaidWaitMs = 60_000;
/** Milliseconds for one request that must not be repeated, by default. */
export const patientTimeoutMs = 150_000;
const longestDetail = 300;
/** Control characters of a terminal: Pulumi prints an error unchanged. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Prints a line for the user of a `pulumi` command: Pulumi shows a provider's output at once. */
export const tellProgress = (line: string): void => console.error(line);

/** The limiter of one key at one vendor: vendors count by key, for all requests. */
const limiterOf = shared(
  ({ vendor }: { vendor: string; host: string; headers: string }) =>
    new Limiter(limitsOf(vendor), { vendor, clock: systemClock, progress: tellProgress }),
);

const limiterFor = ({ vendor, baseUrl, headers }: HttpOptions): Limiter =>
  limiterOf({ vendor, host: new URL(baseUrl).host, headers: JSON.stringify(headers) });

/** A vendor's HTTP API: JSON in, validated JSON out, failures as {@link VendorError}. */
export class Http {
  readonly #vendor: HttpOptions;
  readonly #axios: AxiosInstance;
  readonly #limiter: Limiter;
  readonly #clock: Clock;
  /** The first answer that refused the key: all further requests with this key fail with it. */
  #refusedKey: unknown;
  /** A key that was accepted once is valid, whatever a single route answers later. */
  #isKeyAccepted = false;

  constructor(options: HttpOptions) {
    const { vendor, baseUrl, isAddressGiven = false } = options;
    const given = isAddressGiven && URL.canParse(baseUrl) ? { [allowedHostsVariable]: new URL(baseUrl).hostname } : {};
    requireDestination(vendor, baseUrl, { ...process.env, ...given });
    const { clock = systemClock, limiter = limiterFor(options) } = options;
    this.#vendor = options;
    this.#clock = clock;
    this.#limiter = limiter;
    this.#axios = axios.create({
      // Addresses on this machine are never reached by a proxy, whatever HTTP_PROXY, ALL_PROXY or NODE_USE_ENV_PROXY say.
      ...(isLoopback(baseUrl) && { proxy: false as const, httpAgent: direct, httpsAgent: directTls }),
      baseURL: options.baseUrl,
      timeout: options.timeoutMs ?? 30_000,
      headers: { "Content-Type": "application/json", Accept: "application/json", ...options.headers },
      // A redirect may lead to another host, which must not get the key: it becomes an error with its target.
      maxRedirects: 0,
      adapter: this.#withinLimits(),
    });
  }

  /** Sends one request and parses its answer with `answer`. */
  async request<T>(method: Method, path: string, answer: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return (await this.exchange(method, path, answer, options)).body;
  }

  /** The same, with the answer's headers, where some vendors put the next page of a list. */
  async exchange<T>(
    method: Method,
    path: string,
    answer: z.ZodType<T>,
    options: RequestOptions = {},
  ): Promise<{ body: T; headers: AnswerHeaders }> {
    const { data, headers } = await this.#send(method, path, options);
    const read = answer.safeParse(data);
    if (read.success) return { body: read.data, headers: byName(headers) };
    const problem = read.error.issues[0];
    throw this.#error({
      ...{ vendor: this.#vendor.vendor, method, path, status: 200, code: "unexpected_answer" },
      detail: `the answer is not what the API describes${problem ? ` (${problem.path.join(".")}: ${problem.message})` : ""}`,
    });
  }

  async #send(method: Method, path: string, options: RequestOptions) {
    const { body, repeatable = method !== "POST", secrets, mayWaitMs } = options;
    // A request that must not be repeated gets a longer timeout: giving up early could create an object twice.
    const timeout = repeatable ? {} : { timeout: this.#vendor.timeoutMs ?? patientTimeoutMs };
    const adapter = mayWaitMs === undefined ? {} : { adapter: this.#withinLimits(mayWaitMs) };
    const headers = body instanceof FormData ? { "Content-Type": "multipart/form-data" } : {};
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#axios.request<unknown>({ method, url: path, data: body, headers, ...timeout, ...adapter });
      } catch (error) {
        if (!repeatable || attempt === mostAttempts || !isWorthRepeating(error)) {
          throw this.#error(failureOf(this.#vendor, method, path, error, [...this.#credentials, ...(secrets ?? [])]));
        }
        await this.#clock.sleep(firstRetryMs * 2 ** (attempt - 1) * (1 + Math.random() / 5));
      }
    }
  }

  /**
   * Sends with Node's HTTP client when the limiter allows it: each attempt waits for its turn, and a 429 does not count
   * as one of the five.
   */
  #withinLimits(mayWaitMs?: number): AxiosAdapter {
    const transmit = axios.getAdapter("http");
    return (config) => {
      const send = async () => {
        if (this.#refusedKey) throw this.#refusedKey;
        const [value] = await Promise.allSettled([transmit(config)]);
        const answer = value.status === "fulfilled" ? value.value : responseOf(value.reason);
        if (value.status === "fulfilled") this.#isKeyAccepted = true;
        else if (answer?.status === 401 && !this.#isKeyAccepted) this.#refusedKey = value.reason;
        const headers = answer ? readLimitHeaders(byName(answer.headers), this.#clock.now()) : {};
        if (answer && this.#isRefusal(answer))
          return { outcome: "refused" as const, headers: { waitMs: unsaidWaitMs, ...headers }, value };
        return { outcome: outcomeOf(answer), headers, value };
      };
      const method = config.method?.toUpperCase() as Method;
      return this.#limiter.run(method, config.url ?? "", send, mayWaitMs).then((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
    };
  }

  #isRefusal({ status, headers, data }: AxiosResponse): boolean {
    // Before axios transforms the body: it is still a text.
    return this.#vendor.isRefusal?.({ status, headers: byName(headers), text: String(data) }) ?? false;
  }

  /** A vendor may repeat the refused key. */
  get #credentials(): string[] {
    return Object.values(this.#vendor.headers).map((value) => value.replace(/^(Bearer|Basic) /, ""));
  }

  #error(failure: Failure): VendorError {
    return new VendorError(failure, explainOutage(failure) ?? this.#vendor.explain?.(failure));
  }
}

const outcomeOf = (answer: AxiosResponse | undefined): Reply<unknown>["outcome"] => {
  if (answer?.status === 429) return "refused";
  return answer?.status === 503 && answer.headers["retry-after"] !== undefined ? "unavailable" : "passed";
};

const responseOf = (error: unknown): AxiosResponse | undefined => (isAxiosError(error) ? error.response : undefined);

const byName =
  (headers: AxiosResponse["headers"]): AnswerHeaders =>
  (name) => {
    const value: unknown = headers[name.toLowerCase()];
    return typeof value === "string" ? value : undefined;
  };

function isWorthRepeating(error: unknown): boolean {
  if (!isAxiosError(error)) return false;
  const status = error.response?.status;
  return status === undefined ? mayPass(error.code) : status >= 500 || status === 408;
}

/** Copies the message, never the request: its headers contain the key. */
function failureOf(
  { vendor, readError }: HttpOptions,
  method: Method,
  path: string,
  error: unknown,
  secrets: readonly string[] = [],
): Failure {
  const nothing = { vendor, method, path, status: undefined };
  if (error instanceof WaitTooLong) return { ...nothing, status: 429, code: "wait_too_long", detail: error.message };
  if (!isAxiosError(error)) return { ...nothing, code: undefined, detail: String(error) };
  const { response } = error;
  if (!response) return { ...nothing, code: error.code, detail: error.code ? "" : error.message };
  const errorParts = readError(response.data);
  const to: unknown = response.headers.location;
  const location = typeof to === "string" ? scrub(to.split("?")[0] ?? "", secrets) : undefined;
  const redirect = location === undefined ? undefined : `redirects to ${location}`;
  const text = typeof response.data === "string" ? wordsOfPage(response.data) : undefined;
  const words = scrub(redirect ?? errorParts.detail ?? text ?? "", secrets);
  const detail = words.replaceAll(unseen, " ").slice(0, longestDetail);
  return { vendor, method, path, status: response.status, code: errorParts.code, detail, location };
}

/** The readable part of a proxy's HTML page, its title; any other text unchanged. */
function wordsOfPage(text: string): string {
  if (!text.trimStart().startsWith("<")) return text;
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1] ?? "";
  return title.replaceAll(/\s+/g, " ").trim();
}
