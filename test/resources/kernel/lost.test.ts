import { describe, expect, test } from "vitest";
import { type Failure, VendorError } from "../../../src/resources/kernel/errors.ts";
import { makeOnce } from "../../../src/resources/kernel/lost.ts";
import { instantClock } from "./instant-clock.ts";

const lost = (failure: Partial<Failure>): VendorError =>
  new VendorError({
    vendor: "It",
    method: "POST",
    path: "/a",
    status: undefined,
    code: undefined,
    detail: "",
    ...failure,
  });

interface Story {
  /** What happens to the first request. */
  failure: Partial<Failure>;
  /** When the vendor has created it, in seconds after the failure: 0 when before it, undefined when never. */
  madeAfterSeconds?: number;
}

/** Creates one object at a vendor that fails at first. */
async function run({ failure, madeAfterSeconds }: Story) {
  const clock = instantClock();
  let sent = 0;
  let looks = 0;
  const made = await makeOnce(
    async () => {
      sent += 1;
      if (sent === 1) throw lost(failure);
      return "made again";
    },
    async () => {
      looks += 1;
      return madeAfterSeconds !== undefined && clock.slept() >= madeAfterSeconds * 1000 ? "found" : undefined;
    },
    clock,
  ).catch((error: Error) => error.message);
  return { made, sent, looks };
}

describe("something that must be made once", () => {
  test.for([
    ["500", { status: 500 }],
    ["502", { status: 502 }],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
    ["a broken connection", { code: "ECONNRESET" }],
    ["no answer in time", { code: "ECONNABORTED" }],
  ] as const)("is found when it was made before %s", async ([, failure]) => {
    expect(await run({ failure, madeAfterSeconds: 0 })).toMatchObject({ made: "found", sent: 1 });
  });

  test.for([
    ["502", { status: 502 }],
    ["a broken connection", { code: "ECONNRESET" }],
  ] as const)("is found when it was made a second after %s", async ([, failure]) => {
    expect(await run({ failure, madeAfterSeconds: 1 })).toMatchObject({ made: "found", sent: 1 });
  });

  test.for([
    ["500", { status: 500 }],
    ["503", { status: 503 }],
    ["a broken connection", { code: "ECONNRESET" }],
  ] as const)("is made again when it is not there after %s", async ([, failure]) => {
    expect(await run({ failure })).toMatchObject({ made: "made again", sent: 2 });
  });

  test("is made again, without a look, when no connection was made", async () => {
    expect(await run({ failure: { code: "ECONNREFUSED" } })).toEqual({ made: "made again", sent: 2, looks: 0 });
  });

  describe.for([
    ["client gave up waiting", { code: "ECONNABORTED" }],
    ["proxy gave up waiting", { status: 504 }],
  ] as const)("when the %s", ([, failure]) => {
    test("is looked for as long as the vendor may work on it", async () => {
      expect(await run({ failure, madeAfterSeconds: 50 })).toMatchObject({ made: "found", sent: 1 });
    });

    test("is never made again: the next run looks for it first", async () => {
      const { made, sent } = await run({ failure });
      expect(sent).toBe(1);
      expect(made).toMatch(/Whether it was done is not known, so it was not sent again: run the same command again/);
    });
  });

  test("is not made again when the vendor refuses it", async () => {
    const { made, sent, looks } = await run({ failure: { status: 400, detail: "no" } });
    expect({ made, sent, looks }).toEqual({ made: "It answered 400 to POST /a: no", sent: 1, looks: 0 });
  });
});
