import type { Context } from "hono";
import type * as z from "zod";
import { bodyText, pageByNumber, parseJson, refusal, type TwinEnv, type TwinError, wholeNumber } from "../kit/index.ts";

export type CloudflareContext = Context<TwinEnv>;

interface Problem {
  code: number;
  message: string;
}

const failed = (problem: Problem) => ({ success: false, errors: [problem], messages: [], result: null });

/** Cloudflare's clients retry 408, 409, 429 and 5xx up to ten times unless this header forbids it (cloudflare-go: internal/requestconfig). */
const noRetry = { "x-should-retry": "false" };

const problems: Partial<Record<TwinError["status"], Problem>> = {
  400: { code: 8000000, message: "The request body is invalid." },
  401: { code: 10000, message: "Authentication error" },
  403: { code: 10000, message: "Authentication error" },
  404: { code: 7003, message: "Could not route to the path, perhaps your object identifier is invalid?" },
  409: { code: 8000002, message: "A project with this name already exists. Choose a different project name." },
  429: { code: 971, message: "Please wait and consider throttling your request speed" },
};

/** Cloudflare's error body. A 429 may be retried after its `Retry-After`, a conflict or server error may not. */
export function cloudflareError({ status, retryAfterSeconds, detail }: TwinError): Response {
  const { code, message } = problems[status] ?? { code: 8000000, message: "An unknown error occurred." };
  return Response.json(failed({ code, message: detail ?? message }), {
    status,
    headers: {
      ...(status === 409 || status >= 500 ? noRetry : {}),
      ...(retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) }),
    },
  });
}

export const refuse = (status: 400 | 401 | 403 | 404 | 409, code: number, message: string) =>
  refusal(status, failed({ code, message }), status === 409 ? noRetry : {});

/** Error codes of Pages (as printed by wrangler and on community.cloudflare.com). */
export const projectNotFound = () =>
  refuse(404, 8000007, "Project not found. The specified project name does not match any of your existing projects.");
export const projectExists = () =>
  refuse(409, 8000002, "A project with this name already exists. Choose a different project name.");
export const deploymentNotFound = () =>
  refuse(404, 8000009, "The deployment ID you have specified does not exist. Update the deployment ID and try again.");
export const domainNotFound = () => refuse(404, 8000021, "The domain you have specified does not exist.");
export const domainExists = () => refuse(409, 8000018, "You have already added this custom domain.");

export const succeeded = (result: unknown) => ({ success: true, errors: [], messages: [], result });

/** One page, by `page` and `per_page`. */
export function page<T>(c: CloudflareContext, items: readonly T[], view: (item: T) => unknown): Response {
  const number = wholeNumber(c.req.query("page"), 1, 1, 1_000_000);
  const perPage = wholeNumber(c.req.query("per_page"), 25, 1, 100);
  const { items: shown, total, pages } = pageByNumber(items, number, perPage);
  return c.json({
    ...succeeded(shown.map(view)),
    result_info: { page: number, per_page: perPage, count: shown.length, total_count: total, total_pages: pages },
  });
}

export async function readBody<Schema extends z.ZodType>(
  c: CloudflareContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = bodyText(new Uint8Array(await c.req.arrayBuffer()));
  let json: unknown;
  try {
    json = text === "" ? {} : parseJson(text);
  } catch {
    throw refuse(400, 8000000, "The request body is not valid JSON.");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(400, 8000000, `Request body is incorrect: ${issue?.path.join(".")}: ${issue?.message}`);
}
