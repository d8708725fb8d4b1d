import type { Finding } from "../kit/shape.ts";
import { isUnknown, type Value } from "../kit/values.ts";

/**
 * What the real plugin does with a platform at check time: it asks Sentry's documentation whether there is such a page
 * (terraform-provider-sentry v0.11.2: validatePlatform), so that any platform but `other` needs the internet.
 */
export async function platformFindings(platform: Value | undefined): Promise<Finding[]> {
  if (typeof platform !== "string" || platform === "other" || isUnknown(platform)) return [];
  const pages = [platform, platform.replace("-", "/")].map((name) => `https://docs.sentry.io/_platforms/${name}.json`);
  try {
    for (const page of pages) if ((await fetch(page, { signal: AbortSignal.timeout(10_000) })).ok) return [];
  } catch {
    return [{ property: "platform", reason: "could not validate the platform at this time" }];
  }
  return [{ property: "platform", reason: `"${platform}" is not a valid platform` }];
}
