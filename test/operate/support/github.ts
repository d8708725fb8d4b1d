import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

/** The user of a workflow's own token, and another user. */
const bot = { login: "github-actions[bot]", type: "Bot" };
const somebody = { login: "somebody", type: "User" };

interface Said {
  id: number;
  body: string;
  user: typeof bot;
}

/** A refusal that GitHub returns instead of the requested data. */
export interface GithubRefusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message: string;
  /** When set, it is refused as GraphQL does: with a list of errors, one of this type. */
  readonly type?: string;
}
interface Raised extends Said {
  number: number;
  title: string;
  state: "open" | "closed";
  comments: Said[];
  isPull: boolean;
}

/** A local GitHub for comments and issues: pages of at most 100, and bodies of at most 65,536 characters. */
export interface GitHubDouble extends AsyncDisposable {
  readonly url: string;
  readonly issues: readonly Raised[];
  readonly writes: number;
  /** An earlier comment of somebody else. */
  chatter(pull: number, bodies: readonly string[]): void;
  /** An issue that somebody else opened. */
  raisedBySomebody(title: string, body: string): void;
  /** Answers the next requests to REST like this. */
  refuse(...answers: readonly GithubRefusal[]): void;
  /** Answers the next requests to GraphQL like this. */
  refuseGraphql(...answers: readonly GithubRefusal[]): void;
  /** Headers of all GraphQL answers with data. */
  graphqlHeaders: Readonly<Record<string, string>>;
}

export const token = "ghp_marked_0123456789abcdefghijklmnop";

export async function startGitHub(): Promise<GitHubDouble> {
  const issues: Raised[] = [];
  let writes = 0;
  let lastId = 1000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const at = (number: number): Raised => {
    const found = issues.find((issue) => issue.number === number);
    if (found) return found;
    const raised: Raised = {
      id: nextId(),
      number,
      title: "A pull request",
      body: "",
      user: somebody,
      state: "open",
      comments: [],
      isPull: true,
    };
    issues.push(raised);
    return raised;
  };
  const shown = ({ number, body, title, isPull, user }: Raised) => ({
    ...{ number, body, title, user, html_url: `https://github.example/brandvx/observability/issues/${number}` },
    ...(isPull && { pull_request: {} }),
  });
  const page = <T>(items: readonly T[], query: Record<string, string>): T[] => {
    const size = Math.min(100, Number(query.per_page ?? 30));
    return items.slice((Number(query.page ?? 1) - 1) * size, Number(query.page ?? 1) * size);
  };
  const raise = (number: number, title: string, body: string, user: typeof bot): Raised => {
    const raised: Raised = { id: nextId(), number, title, body, user, state: "open", comments: [], isPull: false };
    issues.push(raised);
    return raised;
  };
  const tooLong = (body: string): boolean => body.length > 65_536;

  const refusals: GithubRefusal[] = [];
  const root = new Hono();
  root.use(async (c, next) => {
    if (c.req.header("Authorization") !== `Bearer ${token}`) return c.json({ message: "Bad credentials" }, 401);
    await next();
  });
  const graphqlRefusals: GithubRefusal[] = [];
  let graphqlHeaders: Readonly<Record<string, string>> = {};
  root.post("/graphql", (c) => {
    const refused = graphqlRefusals.shift();
    if (!refused) return c.json({ data: { viewer: { login: bot.login } } }, 200, graphqlHeaders);
    const { type, message, status, headers } = refused;
    return c.json(type === undefined ? { message } : { errors: [{ type, message }] }, status as 200, headers);
  });
  const app = root.basePath("/repos/brandvx/observability");
  app.use(async (c, next) => {
    const refused = refusals.shift();
    if (refused) return c.json({ message: refused.message }, refused.status as 403, refused.headers);
    if (c.req.method !== "GET") writes += 1;
    await next();
  });
  app.get("/issues", (c) =>
    c.json(
      page(
        issues.filter(({ state }) => state === (c.req.query("state") ?? "open")),
        c.req.query(),
      ).map(shown),
    ),
  );
  app.post("/issues", async (c) => {
    const { title, body } = (await c.req.json()) as { title: string; body: string };
    if (tooLong(body)) return c.json({ message: "body is too long (maximum is 65536 characters)" }, 422);
    const number = Math.max(0, ...issues.map((issue) => issue.number)) + 1;
    const raised = raise(number, title, body, bot);
    return c.json(shown(raised), 201);
  });
  app.patch("/issues/:number", async (c) => {
    const issue = at(Number(c.req.param("number")));
    Object.assign(issue, await c.req.json());
    return c.json(shown(issue));
  });
  app.get("/issues/:number/comments", (c) => c.json(page(at(Number(c.req.param("number"))).comments, c.req.query())));
  app.post("/issues/:number/comments", async (c) => {
    const { body } = (await c.req.json()) as Said;
    if (tooLong(body)) return c.json({ message: "body is too long (maximum is 65536 characters)" }, 422);
    const said = { id: nextId(), body, user: bot };
    at(Number(c.req.param("number"))).comments.push(said);
    return c.json(said, 201);
  });
  app.patch("/issues/comments/:id", async (c) => {
    const said = issues.flatMap(({ comments }) => comments).find(({ id }) => id === Number(c.req.param("id")));
    if (!said) return c.json({ message: "Not Found" }, 404);
    said.body = ((await c.req.json()) as Said).body;
    return c.json(said);
  });

  const server = createAdaptorServer({ fetch: root.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issues,
    get writes() {
      return writes;
    },
    chatter(pull, bodies) {
      at(pull).comments.push(...bodies.map((body) => ({ id: nextId(), body, user: somebody })));
    },
    raisedBySomebody(title, body) {
      raise(Math.max(0, ...issues.map((issue) => issue.number)) + 1, title, body, somebody);
    },
    refuse: (...answers) => void refusals.push(...answers),
    refuseGraphql: (...answers) => void graphqlRefusals.push(...answers),
    get graphqlHeaders() {
      return graphqlHeaders;
    },
    set graphqlHeaders(headers) {
      graphqlHeaders = headers;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}
