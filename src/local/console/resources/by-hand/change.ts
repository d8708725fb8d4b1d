import { object } from "../../../../insights/define/check/json.ts";
import type { VendorObject } from "../objects.ts";
import type { VendorApi } from "../vendor-api.ts";

/** Something that a person might do to an object at the vendor, past the code. */
export interface HandChange {
  readonly key: string;
  /** What it does, as on a button. */
  readonly label: string;
  /** Where the vendor shows what it changes. Default: where it shows the object. */
  readonly shownAt?: (object: VendorObject) => string;
  /** Says what was done. @throws VendorRefused */
  readonly make: (object: VendorObject, api: VendorApi) => Promise<string>;
}

/** A vendor's object as its API shows it, for a change that sends it back whole. */
export async function shownBy(api: VendorApi, path: string): Promise<Record<string, unknown>> {
  return { ...object(await api("GET", path)) };
}

export const byHand = "(changed by hand)";

export const removes = (label = "Delete it"): HandChange => ({
  key: "delete",
  label,
  async make({ kind, name, path = "" }, api) {
    await api("DELETE", path);
    return `${kind} ${name} was deleted`;
  },
});
