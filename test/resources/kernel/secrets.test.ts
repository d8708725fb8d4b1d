import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { findProblems } from "../../../src/resources/kernel/check.ts";
import { scrub } from "../../../src/resources/kernel/scrub.ts";

const secret = "hunter2-hunter2";

describe("a problem with an input that holds secrets", () => {
  const schema = z.strictObject({
    service: z.string().min(4, "is too short"),
    variables: z.record(z.string(), z.url()),
  });

  test("is named without the value; other problems repeat theirs", () => {
    const problems = findProblems(schema, { service: "srv", variables: { KEY: secret } }, ["variables"]);
    expect(problems.map(({ property }) => property)).toEqual(["service", "variables.KEY"]);
    expect(problems[0]?.reason).toBe('is too short (it is "srv")');
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  test("repeats nothing when it is with the inputs as a whole", () => {
    const problems = findProblems(schema, { service: "srv-1", variables: {}, variable: secret }, ["variables"]);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});

describe("scrubbing", () => {
  test("leaves no secret in a text, also where one contains another", () => {
    expect(scrub("value abc-def is wrong, abc too", ["abc", "abc-def"])).toBe("value [secret] is wrong, [secret] too");
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 9 }), fc.string(), (before, value, after) => {
        expect(scrub(before + value + after, [value])).not.toContain(value);
      }),
    );
  });

  test("leaves a text alone when there is no secret, or an empty one", () => {
    expect(scrub("nothing to hide", ["", "else"])).toBe("nothing to hide");
  });
});
