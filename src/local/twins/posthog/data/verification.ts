import { invalid } from "../http/errors.ts";

export interface Verification {
  verified: boolean;
  verified_by: number | null;
  verified_at: string | null;
  hidden: boolean;
}

export interface VerificationFields {
  verified?: boolean | undefined;
  hidden?: boolean | null | undefined;
}

/**
 * An event is never both verified and hidden: setting both is a 400, setting one unsets the other. Source:
 * ee_event_definition.py.
 */
export function verification(
  what: string,
  before: Verification,
  written: VerificationFields,
  userId: number,
  at: string,
): Verification {
  if (written.verified && written.hidden) throw invalid(`${what} cannot be both hidden and verified`);
  const verified = written.verified ?? (written.hidden ? false : before.verified);
  const hidden = written.hidden ?? (written.verified ? false : before.hidden);
  if (verified === before.verified) {
    return { verified, hidden, verified_by: before.verified_by, verified_at: before.verified_at };
  }
  return { verified, hidden, verified_by: verified ? userId : null, verified_at: verified ? at : null };
}
