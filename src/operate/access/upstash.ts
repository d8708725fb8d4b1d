import { vendors } from "../../model/vendors/index.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { UpstashApi } from "../../resources/upstash/api.ts";
import type { Stack } from "../stack/stack.ts";
import { readKey } from "./access.ts";

/** Upstash's developer API for a stack; undefined when there is no key, or when this run may not use it. */
export async function upstashOf(stack: Stack, sources: SettingsReader): Promise<UpstashApi | undefined> {
  const { credentials, address } = vendors.upstash;
  const [email = sources.config(credentials.email.configKey), apiKey] = await Promise.all([
    readKey(stack, sources, credentials.email),
    readKey(stack, sources, credentials.key),
  ]);
  if (!email || !apiKey) return undefined;
  const baseUrl = (stack.env[address.variable] || address.default).replace(/\/+$/, "");
  return new UpstashApi({ baseUrl, email, apiKey });
}
