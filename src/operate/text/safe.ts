import { credentialPatterns } from "../../model/credentials.ts";
import { scrub } from "../../resources/kernel/scrub.ts";

/** Names of variables whose values open something. */
const secretName = /(KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|DSN|REDIS_URL)$/i;

/** A value that is shorter stands in words, too: taking it out would spoil them and hide nothing. */
const shortestSecret = 8;

/**
 * The text without any credential: reports are made of names, but an error that a vendor or Pulumi wrote may repeat what
 * it was given. Everything that is printed or posted passes here.
 */
export function safe(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const known = Object.entries(env)
    .filter(([name, value]) => secretName.test(name) && (value ?? "").length >= shortestSecret)
    .map(([, value]) => value ?? "");
  return credentialPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, "[secret]"), scrub(text, known));
}
