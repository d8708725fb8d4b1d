import ts from "typescript";

/** What a value is, as far as it decides how a method, a condition or an operator is written in Python. */
export type Kind =
  | "string"
  | "array"
  | "match"
  | "regexp"
  | "map"
  | "set"
  | "number"
  | "boolean"
  | "function"
  | "object"
  | "any";

const byTypeName: Readonly<Record<string, Kind>> = {
  RegExp: "regexp",
  RegExpExecArray: "match",
  RegExpMatchArray: "match",
  Map: "map",
  ReadonlyMap: "map",
  Set: "set",
  ReadonlySet: "set",
};

/** undefined and null are left aside: None is tested apart. */
export const kindOf = (node: ts.Node, checker: ts.TypeChecker): Kind =>
  kindOfType(checker.getNonNullableType(checker.getTypeAtLocation(node)), checker);

function kindOfType(type: ts.Type, checker: ts.TypeChecker): Kind {
  if (type.isUnion()) {
    const kinds = new Set(
      type.types
        .filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
        .map((each) => kindOfType(each, checker)),
    );
    return kinds.size === 1 ? ([...kinds][0] as Kind) : "any";
  }
  const { flags } = type;
  if (flags & ts.TypeFlags.StringLike) return "string";
  if (flags & ts.TypeFlags.NumberLike) return "number";
  if (flags & ts.TypeFlags.BooleanLike) return "boolean";
  if (checker.isArrayType(type) || checker.isTupleType(type)) return "array";
  const named = type.symbol && Object.hasOwn(byTypeName, type.symbol.name) ? byTypeName[type.symbol.name] : undefined;
  if (named) return named;
  if (type.getCallSignatures().length > 0) return "function";
  return flags & ts.TypeFlags.Object ? "object" : "any";
}
