import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type * as z from "zod";
import { bodyText, pageAfter, parseJson, refusal, type TwinEnv, type TwinError } from "../kit/index.ts";

export type RenderContext = Context<TwinEnv>;

const messages: Partial<Record<TwinError["status"], string>> = {
  400: "invalid request",
  401: "Unauthorized",
  403: "You do not have permissions for the requested resource",
  404: "not found",
  409: "The current state of the resource conflicts with this request",
  410: "The requested resource is no longer available",
  429: "rate limit exceeded",
  503: "Server currently unavailable",
};

/** Render's error body; `id` identifies the request for their support. */
const problem = (message: string) => ({ id: `req-${randomBytes(8).toString("hex")}`, message });

export function renderError({ status, retryAfterSeconds, detail }: TwinError): Response {
  const headers = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  return Response.json(problem(detail ?? messages[status] ?? "An unexpected server error has occurred"), {
    status,
    headers,
  });
}

export const refuse = (status: 400 | 401 | 404 | 409, message: string) => refusal(status, problem(message));

/** An id in Render's format: a prefix and 20 letters and digits. */
export const newId = (kind: "srv" | "dep" | "tea") =>
  `${kind}-${Array.from(randomBytes(20), (byte) => "0123456789abcdefghijklmnopqrstuv"[byte % 32]).join("")}`;

/** The page after `?cursor=`, each item with its own cursor; an empty list means the end. */
export function page<T extends { cursor: string }>(
  c: RenderContext,
  items: readonly T[],
  view: (item: T) => object,
): Response {
  const text = c.req.query("limit") ?? "20";
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw refuse(400, "invalid limit: must be between 1 and 100");
  const shown = pageAfter(items, ({ cursor }) => cursor, c.req.query("cursor"), limit);
  return c.json(shown.map((item) => ({ ...view(item), cursor: item.cursor })));
}

export const newCursor = () => randomBytes(12).toString("base64url");

export async function readBody<Schema extends z.ZodType>(c: RenderContext, schema: Schema): Promise<z.output<Schema>> {
  const text = bodyText(new Uint8Array(await c.req.arrayBuffer()));
  let json: unknown;
  try {
    json = text === "" ? {} : parseJson(text);
  } catch {
    throw refuse(400, "invalid JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(400, `invalid body: ${issue?.path.join(".") || "body"}: ${issue?.message}`);
}
