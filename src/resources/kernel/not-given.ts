/**
 * A placeholder for a key that a run must not have: a preview of a pull request runs the branch's own code, and gets no
 * key of a vendor without read-only keys. It is never sent.
 */
export const notGiven = "not-given";

/**
 * Thrown instead of a request with {@link notGiven}: what exists at the vendor is unknown, which is not the same as
 * absent.
 */
export class KeyNotGiven extends Error {
  /** The vendor's name for people: "Upstash". */
  readonly vendor: string;
  constructor(vendor: string, variable: string) {
    super(
      `${vendor} cannot be asked: this run was not given its key (${variable} is "${notGiven}"), as previews of pull requests are not`,
    );
    this.name = "KeyNotGiven";
    this.vendor = vendor;
  }
}
