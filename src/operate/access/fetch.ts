import { type NetworkTrouble, networkTrouble } from "../../resources/kernel/network.ts";

/** An answer, or the reason why there is none. */
export type Fetched =
  | { readonly ok: boolean; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly status: undefined; readonly text: string };

const timeoutMs = 15_000;

/** One request to an address that is not a vendor's API: an app, its /health, an ingestion host. Never throws for an HTTP status. */
export async function fetched(url: string, options: RequestInit = {}, signal?: AbortSignal): Promise<Fetched> {
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  try {
    const answer = await fetch(url, { ...options, signal: AbortSignal.any(limits) });
    return { ok: answer.ok, status: answer.status, text: await answer.text() };
  } catch (error) {
    signal?.throwIfAborted();
    return { ok: false, status: undefined, text: reasonOf(error) };
  }
}

/** fetch wraps the network's error in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

/** Why there is no answer, and what to do; undefined when there is one, or when the network error has no known cause. */
export const whyNoAnswer = ({ status, text }: Fetched): NetworkTrouble | undefined =>
  status === undefined ? networkTrouble(/^no answer within/.test(text) ? "ETIMEDOUT" : text) : undefined;

/** "answered 401: API key is not valid", "gave no answer (ECONNREFUSED)". */
export const answerWords = ({ status, text }: Fetched): string =>
  status === undefined
    ? `gave no answer (${text})`
    : `answered ${status}${text === "" ? "" : `: ${text.slice(0, 200)}`}`;
