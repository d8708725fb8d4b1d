import { own } from "../../model/json.ts";
import { allVendors } from "../../model/vendors/index.ts";
import type { ResourceKind } from "../../model/vendors/vendor.ts";

export type { ResourceKind } from "../../model/vendors/vendor.ts";

const kinds = Object.assign({}, ...allVendors.map((vendor) => vendor.kinds)) as Readonly<Record<string, ResourceKind>>;

/** A type that this project does not know yet is called by the last part of its token. */
export const kindOf = (type: string): ResourceKind =>
  own(kinds, type) ?? { title: type.split(":").at(-1) ?? type, lost: "what it holds." };

/** Types that hold what cannot be brought back. */
export const isStateful = (type: string): boolean => own(kinds, type)?.keptBy !== undefined;
