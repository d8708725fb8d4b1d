import { describe, expect, test } from "vitest";
import { line } from "../../../src/operate/text/document.ts";
import { inline, markdown } from "../../../src/operate/text/markdown.ts";
import { code, link, list, name, plain, say, strong } from "../../../src/operate/text/phrase.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";

describe("what somebody called something stays what it is", () => {
  test.for<[string, string, string]>([
    ["stars and underscores", "a *b* __c__", "a \\*b\\* \\_\\_c\\_\\_"],
    ["tags", "<img src=x>", "&lt;img src=x\\>"],
    ["links", "[a](javascript:x)", "\\[a\\](javascript:x)"],
    ["lines", "a\n\n# b", "a # b"],
  ])("%s", ([, given, shown]) => {
    expect(inline(plain(given))).toBe(shown);
  });

  test("an @ calls nobody, and a number links to no issue", () => {
    expect(inline(plain("@team and #12"))).not.toMatch(/@team|#12/);
  });

  test("a backtick in code", () => {
    expect(inline(code("a `b` c"))).toBe("`` a `b` c ``");
  });

  test("an address cannot leave its link", () => {
    expect(inline(link("here", "https://x.example/a>b c"))).toBe("[here](<https://x.example/a%3Eb%20c>)");
  });

  test("a line that looks like a list or a title", () => {
    const page = {
      headline: plain("x"),
      sections: [{ importance: 1, items: [line(plain("1. first")), line(plain("- dash"))], more: () => plain("") }],
    };
    expect(markdown(page)).toContain("- 1\\. first\n- \\- dash");
  });

  test("a block with its own fence", () => {
    const page = {
      headline: plain("x"),
      sections: [{ importance: 1, items: [{ kind: "block" as const, text: "a\n```\nb" }], more: () => plain("") }],
    };
    expect(markdown(page)).toContain("````text\na\n```\nb\n````");
  });
});

test("words are put together as they are said", () => {
  expect(inline(say`${name("A tile")}: ${code("x")} and ${strong("y")}`)).toBe("*A tile*: `x` and **y**");
  expect(String(list(["a", "b", "c"]))).toBe("a, b and c");
});

test("a terminal gets the same words, and no control characters", () => {
  const page = {
    headline: plain("x"),
    sections: [{ importance: 1, items: [line(say`${name("T\u001b[31mitle")}`)], more: () => plain("") }],
  };
  expect(terminal(page, { colors: false })).toBe("x\n\n  Title\n");
});
