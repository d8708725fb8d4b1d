import type { Sources } from "../../platform/settings/sources.ts";
import { defaultBaseUrl, UpstashApi } from "../../resources/upstash/api.ts";
import type { Stack } from "../stack/stack.ts";
import { readKey } from "./access.ts";

/** Upstash's developer API for a stack; undefined where there is no key, or none is given to this run. */
export async function upstashOf(stack: Stack, sources: Sources): Promise<UpstashApi | undefined> {
  const [email = sources.config("upstash:email"), apiKey] = await Promise.all([
    readKey(stack, sources, { variables: ["UPSTASH_EMAIL"], configKey: "upstash:email" }),
    readKey(stack, sources, { variables: ["UPSTASH_API_KEY"], configKey: "upstash:apiKey" }),
  ]);
  if (!email || !apiKey) return undefined;
  const baseUrl = (stack.env.UPSTASH_API_BASE_URL || defaultBaseUrl).replace(/\/+$/, "");
  return new UpstashApi({ baseUrl, email, apiKey });
}
