import { expect, test } from "vitest";
import { pulumiFailed } from "../../src/local/pulumi-failed.ts";

test("what pulumi said is repeated where nobody has seen it, and a broken state says how it is made anew", () => {
  expect(pulumiFailed({ exitCode: 255 })).toBe("pulumi ended with exit code 255; its own message stands above");
  expect(pulumiFailed({ exitCode: 255, stderr: "error: no space left on device\n" })).toBe(
    "pulumi ended with exit code 255: no space left on device",
  );
  const broken = "error: could not deserialize deployment: unexpected end of JSON input";
  expect(pulumiFailed({ exitCode: 255, stderr: broken })).toMatch(
    /unexpected end of JSON input\n {2}the state of the local stack cannot be read: remove .*state, and npm start makes it anew/,
  );
});
