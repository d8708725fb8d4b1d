import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** To be thrown in a route: the request ends with this JSON answer, in the vendor's own error shape. */
export function refusal(
  status: ContentfulStatusCode,
  body: unknown,
  headers: Record<string, string> = {},
): HTTPException {
  return new HTTPException(status, { res: Response.json(body, { status, headers }) });
}
