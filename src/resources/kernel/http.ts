import axios, { type AxiosError, type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import axiosRetry, { exponentialDelay, isNetworkError } from "axios-retry";
import type { z } from "zod";
import { type Failure, VendorError } from "./errors.ts";
import { scrub } from "./scrub.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface HttpOptions {
  /** As a person calls it: "PostHog". */
  vendor: string;
  /** Scheme and host, perhaps a path, no trailing slash. */
  baseUrl: string;
  headers: Record<string, string>;
  /** Takes the vendor's words out of an error body. */
  readError: (body: unknown) => { code?: string | undefined; detail?: string | undefined };
  /** Turns a failure into the message that a person reads. Default: status, path and the vendor's words. */
  explain?: (failure: Failure) => string | undefined;
  /**
   * How long a refused request has to wait, where the vendor says it otherwise than by Retry-After (which is always
   * heeded). At most {@link longestWaitMs} of it count.
   */
  waitMs?: (headers: AnswerHeaders) => number | undefined;
  /** For one request, retries not included. Default 30000. */
  timeoutMs?: number;
}

/** An answer's header by its name, in any case. */
export type AnswerHeaders = (name: string) => string | undefined;

export interface RequestOptions {
  body?: unknown;
  /**
   * Whether sending it twice does the same as sending it once. Default: all but POST. Only such requests are repeated
   * after a failure; a 429 says that nothing was done, so any request is repeated after one.
   */
  repeatable?: boolean;
  /** Secrets in the body: taken out of the failure, should the vendor repeat them in its answer. */
  secrets?: readonly string[];
}

const retries = 4;
const longestDetail = 300;
const longestWaitMs = 60_000;

/** A vendor's HTTP API: JSON in, validated JSON out, failures as {@link VendorError}. */
export class Http {
  readonly #vendor: HttpOptions;
  readonly #axios: AxiosInstance;

  constructor(options: HttpOptions) {
    this.#vendor = options;
    this.#axios = axios.create({
      baseURL: options.baseUrl,
      timeout: options.timeoutMs ?? 30_000,
      headers: { "Content-Type": "application/json", Accept: "application/json", ...options.headers },
      maxRedirects: 0,
    });
    axiosRetry(this.#axios, {
      retries,
      retryCondition: isWorthRepeating,
      retryDelay: (attempt, error) => Math.max(exponentialDelay(attempt, error), waitAfter(options, error)),
    });
  }

  /** Sends one request and reads its answer with `answer`. */
  async request<T>(method: Method, path: string, answer: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return (await this.exchange(method, path, answer, options)).body;
  }

  /** The same, with the answer's headers: some vendors name the next page of a list there. */
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

  async #send(method: Method, path: string, { body, repeatable = method !== "POST", secrets }: RequestOptions) {
    try {
      return await this.#axios.request<unknown>({ method, url: path, data: body, repeatable } as object);
    } catch (error) {
      throw this.#error(failureOf(this.#vendor, method, path, error, secrets));
    }
  }

  #error(failure: Failure): VendorError {
    return new VendorError(failure, this.#vendor.explain?.(failure));
  }
}

const byName =
  (headers: AxiosResponse["headers"]): AnswerHeaders =>
  (name) => {
    const value: unknown = headers[name.toLowerCase()];
    return typeof value === "string" ? value : undefined;
  };

function waitAfter({ waitMs }: HttpOptions, { response }: AxiosError): number {
  return Math.min(longestWaitMs, (response && waitMs?.(byName(response.headers))) || 0);
}

function isWorthRepeating(error: AxiosError): boolean {
  const status = error.response?.status;
  if (status === 429) return true;
  const { repeatable } = error.config as { repeatable?: boolean };
  if (!repeatable) return false;
  return status === undefined ? isNetworkError(error) : status >= 500;
}

/** Takes over the words, never the request: its headers hold the key. */
function failureOf(
  { vendor, readError }: HttpOptions,
  method: Method,
  path: string,
  error: unknown,
  secrets: readonly string[] = [],
): Failure {
  if (!isAxiosError(error)) return { vendor, method, path, status: undefined, code: undefined, detail: String(error) };
  const { response } = error;
  if (!response)
    return { vendor, method, path, status: undefined, code: error.code, detail: error.code ? "" : error.message };
  const said = readError(response.data);
  const location = response.headers.location;
  const redirect = typeof location === "string" ? `redirects to ${location.split("?")[0]}` : undefined;
  const text = typeof response.data === "string" ? response.data : undefined;
  const detail = scrub(redirect ?? said.detail ?? text ?? "", secrets).slice(0, longestDetail);
  return { vendor, method, path, status: response.status, code: said.code, detail };
}
