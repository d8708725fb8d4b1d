import ts from "typescript";

export function functionAround(node: ts.Node): ts.Node | undefined {
  // A parameter belongs to its own function; the name of a function to the one around it.
  if (ts.isParameter(node)) return node.parent;
  for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) if (ts.isFunctionLike(at)) return at;
  return undefined;
}

export const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** Variables that a function sets and that belong to one around it, or to the module: Python wants them declared. */
export interface OuterVariables {
  readonly global: readonly ts.Identifier[];
  readonly nonlocal: readonly ts.Identifier[];
}

export function assignedOutside(
  node: ts.FunctionLikeDeclaration,
  symbolOf: (identifier: ts.Identifier) => ts.Symbol | undefined,
): OuterVariables {
  const global: ts.Identifier[] = [];
  const nonlocal: ts.Identifier[] = [];
  const note = (target: ts.Identifier): void => {
    const declaration = symbolOf(target)?.declarations?.[0];
    if (!declaration) return;
    const owner = functionAround(declaration);
    if (owner === node) return;
    if (owner === undefined) global.push(target);
    else if (isWithin(node, owner)) nonlocal.push(target);
  };
  const visit = (child: ts.Node): void => {
    if (child !== node && ts.isFunctionLike(child)) return;
    if (ts.isBinaryExpression(child) && isAssignment(child.operatorToken.kind))
      for (const each of assignedIn(child.left)) note(each);
    if (
      (ts.isPrefixUnaryExpression(child) || ts.isPostfixUnaryExpression(child)) &&
      (child.operator === ts.SyntaxKind.PlusPlusToken || child.operator === ts.SyntaxKind.MinusMinusToken)
    )
      for (const each of assignedIn(child.operand)) note(each);
    ts.forEachChild(child, visit);
  };
  if (node.body) visit(node.body);
  return { global, nonlocal };
}

/** The variables that stand on the left side of an assignment. */
function assignedIn(target: ts.Node): ts.Identifier[] {
  if (ts.isParenthesizedExpression(target)) return assignedIn(target.expression);
  if (ts.isArrayLiteralExpression(target)) return target.elements.flatMap(assignedIn);
  if (ts.isObjectLiteralExpression(target))
    return target.properties.flatMap((property) => {
      if (ts.isShorthandPropertyAssignment(property)) return assignedIn(property.name);
      return ts.isPropertyAssignment(property) ? assignedIn(property.initializer) : [];
    });
  return ts.isIdentifier(target) ? [target] : [];
}

function isWithin(node: ts.Node, owner: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (at === owner) return true;
  return false;
}
