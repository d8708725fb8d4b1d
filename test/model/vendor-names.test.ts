import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { services } from "../../src/model/vendors/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = new Set<string>(Object.values(services).map(({ name }) => name));

/**
 * Where a vendor's display name is a value, a type or a key. Names within a sentence are not included.
 * @param file for the positions
 */
function nameUses(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    const isAccess = ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if ((ts.isStringLiteralLike(node) || isKey || isAccess) && names.has(node.text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
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
  ] as const)("would be found in %s", ([text, name]) => {
    expect(nameUses("a.ts", text)[0]).toBe(`a.ts:1 ${name}`);
  });

  test("may stand in a sentence", () => {
    expect(nameUses("a.ts", "say('PostHog answered 500'); say('no key for Render');")).toEqual([]);
  });
});
