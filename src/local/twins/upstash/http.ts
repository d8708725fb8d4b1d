import type { Context } from "hono";
import type * as z from "zod";
import { bodyText, parseJson, refusal, type TwinEnv, type TwinError } from "../kit/index.ts";

/** The account that the twin simulates. */
export const upstashHost = "api.upstash.com";

const messages: Partial<Record<TwinError["status"], string>> = {
  400: "bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "database not found",
  409: "conflict",
  429: "too many requests",
};

/** Upstash's error body is a JSON string. */
export function upstashError({ status, retryAfterSeconds, detail }: TwinError): Response {
  const headers = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  return Response.json(detail ?? messages[status] ?? "internal server error", { status, headers });
}

export const badRequest = (message: string) => refusal(400, message);

/** The request's JSON. Clients send the literal `null` for an empty body; it is read as `{}`. */
export async function readBody<Schema extends z.ZodType>(
  c: Context<TwinEnv>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = bodyText(new Uint8Array(await c.req.arrayBuffer()));
  let json: unknown;
  try {
    json = text === "" ? {} : (parseJson(text) ?? {});
  } catch {
    throw badRequest("invalid request body");
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`invalid request: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  return parsed.data;
}
