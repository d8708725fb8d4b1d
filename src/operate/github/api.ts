import { z } from "zod";
import { Http } from "../../resources/kernel/http.ts";
import type { Place } from "./place.ts";

const comment = z.object({ id: z.int(), body: z.string().nullish() });
const issue = z.object({
  number: z.int(),
  body: z.string().nullish(),
  html_url: z.string(),
  /** Pull requests are in the list of issues, too. */
  pull_request: z.unknown().optional(),
});
const errorBody = z.object({ message: z.string().optional() });
const anything = z.unknown();

export type Comment = z.output<typeof comment>;
export type Issue = z.output<typeof issue>;

const pageSize = 100;

/** What is needed of GitHub's REST API: comments and issues of one repository. */
export class GitHub {
  readonly #http: Http;
  readonly #repository: string;

  constructor({ repository, token, apiUrl }: Place) {
    this.#repository = repository;
    this.#http = new Http({
      vendor: "GitHub",
      baseUrl: apiUrl.replace(/\/+$/, ""),
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
      },
      readError: (body) => ({ detail: errorBody.safeParse(body).data?.message }),
      explain: ({ status, method, path, detail }) =>
        status === 403 || status === 404
          ? `GitHub answered ${status} to ${method} ${path}: ${detail}. The token lacks a permission: pull-requests: write for comments, issues: write for issues`
          : undefined,
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
