import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const folder = new URL("../../../src/runtime/privacy-cases/", import.meta.url);

const json = z.json();
const part = z.string().min(3);
const parts = z.union([part, z.array(part).min(2)]).transform((secret) => (Array.isArray(secret) ? secret : [secret]));
const labelled = { id: z.string().regex(/^[a-z0-9-]+-\d{3,}$/), kind: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/) };
const privateLabels = { ...labelled, secret: parts, stays: z.array(z.string().min(1)).min(1).optional() };

const privateCase = z.union([
  z.strictObject({ ...privateLabels, text: z.string().min(1) }),
  z.strictObject({ ...privateLabels, value: json, name: z.string().min(1).optional() }),
]);
const usefulCase = z.union([
  z.strictObject({ ...labelled, text: z.string().min(1) }),
  z.strictObject({ ...labelled, value: json }),
]);

const files = (prefix: string) =>
  readdirSync(folder).filter((file) => file.startsWith(prefix) && file.endsWith(".jsonl"));
const lines = (file: string) => readFileSync(new URL(file, folder), "utf8").replace(/\n$/, "").split("\n");
const read = <T>(prefix: string, schema: z.ZodType<T>): T[] =>
  files(prefix).flatMap((file) =>
    lines(file).map((line, index) => {
      const read = schema.safeParse(JSON.parse(line));
      if (!read.success) throw new Error(`${file}:${index + 1}: ${z.prettifyError(read.error)}\n${line}`);
      return read.data;
    }),
  );

const privateCases = read("private-", privateCase);
const usefulCases = read("useful-", usefulCase);
const body = (one: { text: string } | { value: unknown }) => ("text" in one ? one.text : JSON.stringify(one.value));

const character = (code: string) => String.fromCodePoint(Number.parseInt(code, 16));
const signs: Record<string, string> = {
  commat: "@",
  amp: "&",
  quot: '"',
  lt: "<",
  gt: ">",
  apos: "'",
  nbsp: " ",
  period: ".",
  plus: "+",
  colon: ":",
};
const percent = (escaped: string) => {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
};

/** Removes one layer of escapes. A `=` also separates a name from its value, so mail's escapes are decoded separately. */
const unescapeOnce = (text: string, mail: boolean) =>
  (mail
    ? text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => character(code))
    : text.replace(/(?:%[0-9a-f]{2})+/gi, percent)
  )
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code) => character(code))
    .replace(/&#(\d{1,7});/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z]+);/g, (whole, name: string) => signs[name] ?? whole)
    .replace(/\\u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/gi, (_, braced, code) => character(braced ?? code))
    .replace(/\\x([0-9a-f]{2})/gi, (_, code) => character(code))
    .replace(/\\([\\"/])/g, "$1");

const deepestNesting = 8;

const unescaped = (text: string, mail: boolean) => {
  const all = [text];
  while (all.length < deepestNesting) {
    const next = unescapeOnce(all.at(-1) ?? "", mail);
    if (next === all.at(-1)) break;
    all.push(next);
  }
  return all;
};

const basic = /(?<=basic(?: |\+|%20))[a-z0-9+/=]+/gi;

const spellings = (text: string) => {
  const all = [...unescaped(text, false), ...unescaped(text, true)];
  return [
    ...all,
    ...all.flatMap((one) => [...one.matchAll(basic)].map(([found]) => Buffer.from(found, "base64").toString("latin1"))),
  ];
};

const count = (cases: readonly { kind: string }[]) => new Set(cases.map(({ kind }) => kind)).size;

describe("the labelled cases", () => {
  test("are enough to measure by", () => {
    expect(privateCases.length).toBeGreaterThanOrEqual(1_500);
    expect(count(privateCases)).toBeGreaterThanOrEqual(30);
    expect(usefulCases.length).toBeGreaterThanOrEqual(600);
  });

  test("have ids of their own", () => {
    const ids = [...privateCases, ...usefulCases].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("are all different, so that no input counts twice", () => {
    const bodies = [...privateCases, ...usefulCases].map(body);
    expect(bodies.filter((one, index) => bodies.indexOf(one) !== index)).toEqual([]);
  });

  test("hold every part that must not remain, as it stands or behind an escape", () => {
    const absent = privateCases.flatMap((one) => {
      const found = spellings(body(one));
      return one.secret
        .filter((secret) => !found.some((text) => text.includes(secret)))
        .map((secret) => [one.id, secret]);
    });
    expect(absent).toEqual([]);
  });

  test("hold at least one part exactly as it stands, so that an output that is unchanged never passes", () => {
    const unseen = privateCases.filter((one) => !one.secret.some((secret) => body(one).includes(secret)));
    expect(unseen.map(({ id }) => id)).toEqual([]);
  });

  test("keep what should stay apart from what must go", () => {
    const wrong = privateCases.filter(({ stays = [], secret, ...one }) =>
      stays.some((kept) => secret.some((gone) => kept.includes(gone)) || !body(one as { text: string }).includes(kept)),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("are of kinds that the README explains, and it explains no other", () => {
    const readme = readFileSync(new URL("README.md", folder), "utf8");
    const explained = [...readme.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, kind]) => kind);
    const kinds = new Set([...privateCases, ...usefulCases].map(({ kind }) => kind));
    expect([...explained].sort()).toEqual([...kinds].sort());
  });
});
