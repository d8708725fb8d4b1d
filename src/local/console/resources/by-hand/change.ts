import { object } from "../../../../insights/define/check/json.ts";
import type { VendorObject } from "../objects.ts";
import type { VendorApi } from "../vendor-api.ts";

/** A change that a person might make at the vendor, bypassing the code. */
export interface HandChange {
  readonly key: string;
  /** Label of its button. */
  readonly label: string;
  /** API path that shows the changed values. Default: the object's own path. */
  readonly shownAt?: (object: VendorObject) => string;
  /** Makes the change and describes it. @throws VendorRefused */
  readonly make: (object: VendorObject, api: VendorApi) => Promise<string>;
}

/** An object from the vendor's API, for a change that sends it back whole. */
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
