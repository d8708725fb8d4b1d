import { z } from "zod";
import { parsedJson } from "../../model/json.ts";
import { services } from "../../model/vendors/index.ts";
import type { Failure } from "../../resources/kernel/errors.ts";
import { Http, type HttpOptions } from "../../resources/kernel/http.ts";
import type { GithubRepository } from "./repository.ts";

/** Who wrote it; null where the account is gone. */
const user = z.object({ login: z.string(), type: z.string().optional() }).nullish();
const comment = z.object({ id: z.int(), body: z.string().nullish(), user });
const issue = z.object({
  number: z.int(),
  body: z.string().nullish(),
  html_url: z.string(),
  user,
  /** Set for pull requests, which GitHub lists among the issues. */
  pull_request: z.unknown().optional(),
});
const errorBody = z.object({ message: z.string().optional() });
const anything = z.unknown();

export type Comment = z.output<typeof comment>;
export type Issue = z.output<typeof issue>;

const viewer = z.object({ data: z.object({ viewer: z.object({ login: z.string() }) }) });
/** GraphQL's answer with status 200 to a request that it could not fulfil. */
const graphqlErrors = z.object({
  errors: z.array(z.object({ type: z.string().optional(), message: z.string().optional() })).min(1),
});

const pageSize = 100;

/**
 * Rate limits. GitHub also answers 403 to too many requests (docs.github.com: rate limits for the REST API): the primary limit
 * is recognized by x-ratelimit-remaining, secondary ones by Retry-After or only by their message. GraphQL also answers 200
 * (docs.github.com: rate limits and query limits for the GraphQL API).
 */
const isRefusal: NonNullable<HttpOptions["isRefusal"]> = ({ status, headers, text }) =>
  status === 200
    ? isGraphqlRefusal(text)
    : status === 403 &&
      (headers("retry-after") !== undefined || headers("x-ratelimit-remaining") === "0" || /rate limit/i.test(text));

/**
 * The last allowed request of a window also has 0 remaining, so only the errors decide. Their type is RATE_LIMITED, or
 * RATE_LIMIT since 2025 (yanyongyu/githubkit#271); a secondary limit is recognized by its message.
 */
function isGraphqlRefusal(text: string): boolean {
  // Checked before parsing: every answer passes here, and lists of comments are long.
  if (!text.includes('"errors"')) return false;
  const answer = parsedJson(text);
  const errors = graphqlErrors.safeParse(answer).data?.errors ?? [];
  return (
    !viewer.safeParse(answer).success &&
    errors.some(({ type = "", message = "" }) => /^RATE_LIMIT/.test(type) || /rate limit/i.test(message))
  );
}

function explain({ status, code, method, path, detail }: Failure): string | undefined {
  if (code === "wait_too_long") return detail;
  const answered = `GitHub answered ${status} to ${method} ${path}: ${detail}`;
  const permissions = "pull-requests: write for comments, issues: write for issues";
  if (status === 401) return `${answered}. It does not accept the token: look at GITHUB_TOKEN`;
  if (status === 403) return `${answered}. The token lacks a permission: ${permissions}`;
  if (status === 404)
    return `${answered}. There is no such repository, pull request or issue, or the token may not see it: it needs ${permissions}`;
  return undefined;
}

/** Client for the comments and issues of one repository (GitHub's REST API). */
export class GitHub {
  readonly #http: Http;
  readonly #repository: string;
  readonly #graphql: string;

  constructor(
    { repository, token, apiUrl }: GithubRepository,
    { clock, limiter }: Pick<HttpOptions, "clock" | "limiter"> = {},
  ) {
    this.#repository = repository;
    // On GitHub Enterprise Server the GraphQL address is next to the REST API's, not below it.
    this.#graphql = /\/api\/v3\/*$/.test(apiUrl) ? "/../graphql" : "/graphql";
    this.#http = new Http({
      vendor: services.github.name,
      baseUrl: apiUrl.replace(/\/+$/, ""),
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
      },
      readError: (body) => ({ detail: errorBody.safeParse(body).data?.message }),
      isAddressGiven: true,
      isRefusal,
      explain,
      ...(clock && { clock }),
      ...(limiter && { limiter }),
    });
  }

  /** All comments of an issue or a pull request, oldest first. */
  comments = (number: number): Promise<Comment[]> => this.#all(`issues/${number}/comments?`, comment);

  addComment = (number: number, body: string): Promise<Comment> =>
    this.#http.request("POST", this.#path(`issues/${number}/comments`), comment, { body: { body } });

  changeComment = (id: number, body: string): Promise<Comment> =>
    this.#http.request("PATCH", this.#path(`issues/comments/${id}`), comment, { body: { body } });

  /** Open issues, without pull requests. */
  async openIssues(): Promise<Issue[]> {
    const found = await this.#all("issues?state=open&", issue);
    return found.filter(({ pull_request }) => pull_request === undefined);
  }

  openIssue = (title: string, body: string): Promise<Issue> =>
    this.#http.request("POST", this.#path("issues"), issue, { body: { title, body } });

  changeIssue = (number: number, change: { title: string; body: string }): Promise<Issue> =>
    this.#http.request("PATCH", this.#path(`issues/${number}`), issue, { body: change });

  async closeIssue(number: number): Promise<void> {
    const body = { state: "closed", state_reason: "completed" };
    await this.#http.request("PATCH", this.#path(`issues/${number}`), anything, { body });
  }

  /** The first of these that this token's user wrote: anybody can start a text with our marker. */
  async ownOf<Item extends { readonly user?: z.output<typeof user> }>(
    items: readonly Item[],
  ): Promise<Item | undefined> {
    if (items.length === 0) return undefined;
    const { data } = await this.#http.request("POST", this.#graphql, viewer, {
      ...{ body: { query: "query { viewer { login } }" }, repeatable: true },
    });
    const { login } = data.viewer;
    return items.find(({ user }) => user?.login === login || (user?.type === "Bot" && user.login === `${login}[bot]`));
  }

  async #all<T>(path: string, item: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; ; page += 1) {
      const items = await this.#http.request(
        "GET",
        this.#path(`${path}per_page=${pageSize}&page=${page}`),
        z.array(item),
      );
      found.push(...items);
      if (items.length < pageSize) return found;
    }
  }

  #path = (rest: string): string => `/repos/${this.#repository}/${rest}`;
}
