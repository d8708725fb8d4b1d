import { own } from "../../model/json.ts";
import { allVendors } from "../../model/vendors/index.ts";
import type { ResourceKind } from "../../model/vendors/vendor.ts";

export type { ResourceKind } from "../../model/vendors/vendor.ts";

const kinds = Object.assign({}, ...allVendors.map((vendor) => vendor.kinds)) as Readonly<Record<string, ResourceKind>>;

/** An unknown type is named after the last part of its token. */
export const kindOf = (type: string): ResourceKind =>
  own(kinds, type) ?? { title: type.split(":").at(-1) ?? type, lost: "what it holds." };

/** Types whose data cannot be restored. */
export const isStateful = (type: string): boolean => own(kinds, type)?.keptBy !== undefined;
