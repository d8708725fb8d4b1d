import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactText } from "../../../../src/runtime/shared/privacy/text.ts";
import { redact } from "../../../../src/runtime/shared/privacy/value.ts";
import { secrets, tellingPart, textsIn, textWith, valueWith } from "./planted.ts";

const plantedText = secrets.chain((secret) => textWith(secret).map((text) => ({ secret, text })));
const plantedValue = plantedText.chain(({ secret, text }) => valueWith(text).map((value) => ({ secret, value })));

/** The random values are the same in each run. For others: `FC_SEED=…`. */
const seed = Number(process.env.FC_SEED ?? 20_261_127);

describe("a redacted value", () => {
  test("has no planted e-mail, phone number, card or token in any text", () => {
    fc.assert(
      fc.property(plantedText, ({ secret, text }) => {
        expect(redactText(text)).not.toContain(tellingPart(secret));
      }),
      { numRuns: 2_000, seed },
    );
  });

  test("has none in any nesting, key, error or cause", () => {
    fc.assert(
      fc.property(plantedValue, ({ secret, value }) => {
        for (const text of textsIn(redact(value))) expect(text).not.toContain(tellingPart(secret));
      }),
      { numRuns: 1_000, seed },
    );
  });

  test("is not changed by a second redaction", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          plantedValue.map(({ value }) => value),
        ),
        (value) => {
          const once = redact(value);
          expect(redact(once)).toEqual(once);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("is not changed by a second redaction, whatever length a text was cut to", () => {
    fc.assert(
      fc.property(plantedText, fc.integer({ min: 0, max: 200 }), ({ text }, length) => {
        const once = redactText(text, length);
        expect(once.length).toBeLessThanOrEqual(length);
        expect(redactText(once, length)).toBe(once);
        expect(redactText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is plain data, whatever the value was", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
        }),
        (value) => {
          const once = redact(value);
          expect(JSON.parse(JSON.stringify(once))).toEqual(JSON.parse(JSON.stringify(structuredClone(once))));
        },
      ),
    );
  });
});
