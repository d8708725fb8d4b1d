import { credentialPatterns } from "../../model/credentials.ts";
import { scrub } from "../../resources/kernel/scrub.ts";

/** Names of environment variables that hold credentials. */
const secretName = /(KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|DSN|REDIS_URL)$/i;

/** Minimum length in characters: a shorter value may be part of ordinary words. */
const shortestSecret = 8;

/**
 * Removes every credential from a text: an error by a vendor or Pulumi may repeat what it was given. Everything that is
 * printed or posted passes through here.
 */
export function safe(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const known = Object.entries(env)
    .filter(([name, value]) => secretName.test(name) && (value ?? "").length >= shortestSecret)
    .map(([, value]) => value ?? "");
  return credentialPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, "[secret]"), scrub(text, known));
}
