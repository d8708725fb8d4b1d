import { localKeys } from "./account.ts";

/** Keys of a vendor's account. An e-mail address is not a key. */
const keyNames = Object.keys(localKeys).filter((name) => name !== "UPSTASH_EMAIL");

/** Every vendor's own keys are longer: what is shorter opens nothing anywhere. */
const shortestReal = 20;

export interface PracticeKeys {
  /** Made up for a rehearsal: they take the place of the local vendors' keys. */
  readonly used: Readonly<Record<string, string>>;
  /** Names of what may be keys of real accounts: they are used nowhere on the local stack. */
  readonly ignored: readonly string[];
}

/**
 * Vendors' keys of the environment, for the stack `local`: a made-up one, as `POSTHOG_PERSONAL_API_KEY=phx_wrong`, is used, so
 * that a wrong key can be rehearsed. One that may be real is not: it is nobody's business on this machine.
 */
export function practiceKeys(env: Readonly<Record<string, string | undefined>>): PracticeKeys {
  const given = keyNames.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const isMadeUp = ([, value]: readonly [string, string]): boolean => value.length < shortestReal;
  return {
    used: Object.fromEntries(given.filter(isMadeUp)),
    ignored: given.filter((one) => !isMadeUp(one)).map(([name]) => name),
  };
}
