/**
 * Stands in place of a key that a run is not to have: a preview of a pull request runs the branch's own code, and needs no key
 * of a vendor whose keys cannot be confined to reading. It is never sent.
 */
export const notGiven = "not-given";

/** Thrown instead of a request with {@link notGiven}: what the vendor has is unknown, which is not the same as absent. */
export class KeyNotGiven extends Error {
  /** As a person calls it: "Upstash". */
  readonly vendor: string;
  constructor(vendor: string, variable: string) {
    super(
      `${vendor} cannot be asked: this run was not given its key (${variable} is "${notGiven}"), as previews of pull requests are not`,
    );
    this.name = "KeyNotGiven";
    this.vendor = vendor;
  }
}
