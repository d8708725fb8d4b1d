import { HTTPException } from "hono/http-exception";

/** To be thrown in a route: the request ends with this JSON answer, in the vendor's own error shape. */
export function refusal(status: number, body: unknown, headers: Record<string, string> = {}): HTTPException {
  return new HTTPException(undefined, { res: Response.json(body, { status, headers }) });
}
