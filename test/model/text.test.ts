import { expect, test } from "vitest";
import { strip } from "../../src/local/twins/kit/index.ts";
import { stripped, textProblem } from "../../src/model/text.ts";
import { posthog } from "../local/twins/posthog/client.ts";

/** Code points for which Python 3's `chr(i).isspace()` is true. */
const pythonSpaces = [
  ...[0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
];

test("texts are stripped of what Python strips, by the checks and by the local services alike, and of nothing else", () => {
  const found = (strips: (text: string) => string) =>
    Array.from({ length: 0x10000 }, (_, code) => code).filter(
      (code) => strips(`${String.fromCharCode(code)}a b${String.fromCharCode(code)}`) === "a b",
    );
  expect(found(stripped)).toEqual(pythonSpaces);
  expect(found(strip)).toEqual(pythonSpaces);
  for (const strips of [stripped, strip]) {
    expect(strips(` \x1c${" ".repeat(100_000)}a${" ".repeat(100_000)}b\x85\n`)).toHaveLength(100_002);
    expect(strips(" \x1f ")).toBe("");
  }
});

test.each([
  ["400 letters and a byte order mark", `${"a".repeat(400)}\ufeff`, 401],
  ["400 letters and a next line", `${"a".repeat(400)}\x85`, 400],
  ["400 letters between separators", `\x1c${"a".repeat(400)}\x1f`, 400],
])("%s are counted as PostHog counts them", async (_, text, counted) => {
  const client = await posthog();
  const { status } = await client.post("dashboards/", { name: text });
  expect(textProblem(text, "PostHog", 400)?.problem).toBe(counted > 400 ? `has ${counted} characters` : undefined);
  expect(status).toBe(counted > 400 ? 400 : 201);
});
