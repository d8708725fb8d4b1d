/**
 * Stands in place of a key that a run is not to have: a preview of a pull request runs the branch's own code, and needs no key
 * of a vendor whose keys cannot be confined to reading. It is never sent.
 */
export const notGiven = "not-given";
