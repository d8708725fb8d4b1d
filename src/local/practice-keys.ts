import { localKeys } from "./account.ts";

/** Keys of a vendor's account. An e-mail address is not a key. */
const keyNames = Object.keys(localKeys).filter((name) => name !== "UPSTASH_EMAIL");

/** Length in characters of the shortest real key of any vendor; a shorter text cannot be one. */
const shortestReal = 20;

export interface PracticeKeys {
  /** Made-up keys for a rehearsal, used instead of the local vendors' keys. */
  readonly used: Readonly<Record<string, string>>;
  /** Names of variables that may hold real keys; the local stack ignores them. */
  readonly ignored: readonly string[];
}

/**
 * Vendors' keys of the environment, for the stack `local`: a made-up one, such as `POSTHOG_PERSONAL_API_KEY=phx_wrong`, is used,
 * so that a wrong key can be rehearsed. One that may be real is ignored, so that it never reaches a local process.
 */
export function practiceKeys(env: Readonly<Record<string, string | undefined>>): PracticeKeys {
  const given = keyNames.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const isMadeUp = ([, value]: readonly [string, string]): boolean => value.length < shortestReal;
  return {
    used: Object.fromEntries(given.filter(isMadeUp)),
    ignored: given.filter((one) => !isMadeUp(one)).map(([name]) => name),
  };
}
