import { expect, test } from "vitest";
import { digestsIn, freshDigest, whyNotCompared } from "../../../src/operate/access/deployed-digests.ts";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const exported = (variables: unknown) =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { type: "pulumi:pulumi:Stack" },
        { type: "pulumi-nodejs:dynamic/render:ServiceVariables", inputs: { serviceId: "srv-1", variables } },
      ],
    },
  });
const url = "rediss://default:marked-password@brandvx-1.upstash.io:6379";

test.for([
  ["each value is a secret", { REDIS_URL: { visibility: "secret", value: secret(url) } }],
  ["all variables are one secret", secret({ REDIS_URL: { visibility: "secret", value: url } })],
] as const)("what was written is known by its digest, where %s", ([, variables]) => {
  const digest = freshDigest();
  const found = digestsIn(exported(variables), digest);
  expect(found.kind === "value" && found.value.get("REDIS_URL")).toBe(digest(url));
  expect(JSON.stringify(found.kind === "value" && [...found.value])).not.toContain("marked-password");
});

test("a stack that has written nothing, or was never brought up, says so", () => {
  const digest = freshDigest();
  for (const text of ['{"version":3,"deployment":{}}', '{"version":3,"deployment":null}', '{"version":3}']) {
    const digests = digestsIn(text, digest);
    expect(digests).toEqual({ kind: "absent" });
    expect(whyNotCompared({ digest, digests })).toBe("the stack has not written it yet");
  }
});

test("a secret that stays sealed is not compared", () => {
  const sealed = {
    REDIS_URL: { visibility: "secret", value: { ...secret(""), plaintext: undefined, ciphertext: "v1:…" } },
  };
  expect(digestsIn(exported(sealed), freshDigest())).toEqual({ kind: "absent" });
});
