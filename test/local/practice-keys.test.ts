import { expect, test } from "vitest";
import { practiceKeys } from "../../src/local/practice-keys.ts";

test("a made-up key of the environment is used on the local stack, one that may be real is not", () => {
  const real = `phx_${"a".repeat(43)}`;
  expect(
    practiceKeys({ SENTRY_TOKEN: "wrong", POSTHOG_PERSONAL_API_KEY: real, UPSTASH_EMAIL: "a@b.c", HOME: "/" }),
  ).toEqual({
    used: { SENTRY_TOKEN: "wrong" },
    ignored: ["POSTHOG_PERSONAL_API_KEY"],
  });
  expect(practiceKeys({ SENTRY_TOKEN: "" })).toEqual({ used: {}, ignored: [] });
});
