import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { allVendors, services } from "../../src/model/vendors/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = new Set<string>([
  ...Object.values(services).map(({ name }) => name),
  ...allVendors.flatMap(({ variables }) => (variables ? [variables.place, variables.shortPlace] : [])),
]);

/**
 * Where the display name of a vendor, or of the place where it keeps variables, is a value, a type or a key. Names within a sentence are not included.
 * @param file for the positions
 */
function nameUses(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isStringLiteralLike(node) || (ts.isIdentifier(node) && isKey(node))) && names.has(node.text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether an identifier names a field: in an object, a type, an access or a pattern. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const isField =
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyAccessExpression(parent);
  return isField && parent.name === node;
}

/**
 * The descriptors define the names; the twins know nothing of the program; the runtime is a separate package, whose
 * messages name vendors and which does not import the descriptors.
 */
const mayName = /^src\/(model\/vendors|local\/twins|runtime)\//;

describe("a vendor's name for people", () => {
  test("is looked up in its descriptor, and is neither a key nor a condition anywhere else in the program", () => {
    const files = execFileSync("git", ["ls-files", "*.ts"], { cwd: root, encoding: "utf8" })
      .split("\n")
      .filter((file) => /^(src|dashboards|alerts|policy|index\.ts)/.test(file) && !mayName.test(file));
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap((file) => nameUses(file, readFileSync(`${root}/${file}`, "utf8")))).toEqual([]);
  });

  test.for([
    ['limits["PostHog"]', "PostHog"],
    ["limits.PostHog", "PostHog"],
    ['if (vendor === "Render") stop();', "Render"],
    ["const titles = { Sentry: 1 };", "Sentry"],
    ['type One = "Upstash" | "GitHub";', "Upstash"],
    ['const effects = { "Cloudflare Pages": "at the next deployment" };', "Cloudflare Pages"],
    ["const effects = { Render };", "Render"],
    ["interface Effects { Render: string }", "Render"],
    ["const { Sentry: one } = titles;", "Sentry"],
    ["const words = `Cloudflare Pages`;", "Cloudflare Pages"],
  ] as const)("would be found in %s", ([text, name]) => {
    expect(nameUses("a.ts", text)[0]).toBe(`a.ts:1 ${name}`);
  });

  test("may stand in a sentence", () => {
    expect(nameUses("a.ts", "say('PostHog answered 500'); say('no key for Render');")).toEqual([]);
  });
});
