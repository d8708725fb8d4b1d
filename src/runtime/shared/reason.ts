import { redactText } from "./privacy/text.ts";

/** Why something failed, in one line and without secrets. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = (error instanceof Error ? error : { message: String(error) }) as {
    message: string;
    code?: string;
    cause?: unknown;
  };
  // fetch only says "fetch failed"; its cause says why.
  if (cause instanceof Error) return reasonOf(cause);
  return redactText(message || code || "no reason given", 200);
}
