import fc from "fast-check";
import { expect, test } from "vitest";
import { opaqueId } from "../../../../src/runtime/shared/privacy/pseudonym.ts";

const from = (alphabet: string, length: number) =>
  fc.noBias(fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length }));
const hexadecimal = "0123456789abcdef";
const lower = "abcdefghijklmnopqrstuvwxyz0123456789";
const alphanumeric = `${lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** Ten common kinds of ids, and the redactor's result for each. */
const kinds: readonly (readonly [kind: string, ids: fc.Arbitrary<string>, treatment: "kept" | "pseudonym"])[] = [
  ["UUID", fc.uuid(), "kept"],
  ["ULID", from("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 25).map((rest) => `0${rest}`), "kept"],
  ["hexadecimal of 24", from(hexadecimal, 24), "kept"],
  ["hexadecimal of 32", from(hexadecimal, 32), "kept"],
  ["cuid", from(lower, 24).map((rest) => `c${rest}`), "kept"],
  ["nanoid", from(`${alphanumeric}_-`, 21), "kept"],
  ["Stripe's", from(alphanumeric, 14).map((rest) => `cus_${rest}`), "kept"],
  ["Twilio's", from(hexadecimal, 32).map((rest) => `SM${rest}`), "kept"],
  ["a word and a number", fc.noBias(fc.nat(999_999)).map((number) => `tenant_${number}`), "kept"],
  ["number", fc.noBias(fc.bigInt(1n, 9_007_199_254_740_991n)).map(String), "pseudonym"],
];

test.for(kinds)("2,000 ids of the kind %s are treated alike", ([, ids, treatment]) => {
  const treatments = new Set(
    fc
      .sample(ids, 2_000)
      .map((id) => (opaqueId(id) === id ? "kept" : /^h_[a-p]{20}$/.test(opaqueId(id)) ? "pseudonym" : "else")),
  );
  expect([...treatments]).toEqual([treatment]);
});

test("a pseudonym is the same each time, and stays as it is", () => {
  expect(opaqueId("+15551234567")).toBe(opaqueId("+15551234567"));
  expect(opaqueId(opaqueId("ada@example.com"))).toBe(opaqueId("ada@example.com"));
});
