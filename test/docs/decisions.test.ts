import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "docs/decisions");
const pages = readdirSync(folder).filter((name) => name !== "README.md");
const day = /\d{4}-\d{2}-\d{2}/.source;

describe.for(pages)("docs/decisions/%s", (page) => {
  const text = readFileSync(join(folder, page), "utf8");

  test("begins with its title, its date and its status", () => {
    expect(text).toMatch(
      new RegExp(`^# .+\n\n- Date: ${day}(, last changed ${day})?\n- Status: (in use|replaced by \\[)`),
    );
    const today = new Date().toISOString().slice(0, 10);
    const [head = ""] = text.split("\n\n", 2).slice(1);
    expect([...head.matchAll(new RegExp(day, "g"))].filter(([date]) => date > today)).toEqual([]);
  });

  test("ends with the alternatives that lost, each with its reason", () => {
    const [, lost = ""] = text.split("\n## Alternatives that lost\n\n");
    expect(lost).not.toMatch(/^#/m);
    const alternatives = lost.split(/^- /m).slice(1);
    expect(alternatives.length).toBeGreaterThanOrEqual(2);
    for (const one of alternatives) expect(one.replace(/\*\*.*?\*\*/s, "").trim().length).toBeGreaterThan(30);
  });

  test("names files and pages that exist", () => {
    const named = [...text.matchAll(/(?<![\w./-])(?:src|test|tools|dashboards|docs)\/[\w./-]*\w/g)].map(
      ([path]) => path,
    );
    const linked = [...text.matchAll(/\]\(([^)#:]+\.md)/g)].map(([, path = ""]) => join("docs/decisions", path));
    expect([...named, ...linked].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test("the list of decisions has each page once, under its title", () => {
  const list = readFileSync(join(folder, "README.md"), "utf8");
  const titleOf = (page: string) => /^# (.+)/.exec(readFileSync(join(folder, page), "utf8"))?.[1];
  expect(list.match(/^- .*/gm)?.toSorted()).toEqual(pages.map((page) => `- [${titleOf(page)}](${page})`).toSorted());
});
