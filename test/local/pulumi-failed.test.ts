import { execa, type Options } from "execa";
import { expect, test } from "vitest";
import { isCommandFailure, pulumiFailed } from "../../src/local/pulumi-failed.ts";

/** The message for a command that runs in place of pulumi. */
async function saidOf(script: string, options: Options = {}, shell = "/bin/sh"): Promise<string> {
  const error = await execa(shell, ["-c", script], options).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!isCommandFailure(error)) throw error;
  return pulumiFailed(error);
}

test("what pulumi said is repeated where nobody has seen it, and a broken state says how it is made anew", async () => {
  expect(await saidOf("echo 'error: no space left on device' >&2; exit 255")).toBe(
    "pulumi ended with exit code 255: no space left on device",
  );
  expect(await saidOf("echo 'error: of stdout'; exit 1")).toBe("pulumi ended with exit code 1: of stdout");
  const broken = "error: could not deserialize deployment: unexpected end of JSON input";
  expect(await saidOf(`echo '${broken}' >&2; exit 255`)).toMatch(
    /unexpected end of JSON input\n {2}the state of the local stack cannot be read: remove .*state, and npm start creates it again/,
  );
});

test("a message is said to stand above only where it was printed", async () => {
  const printed = { stdout: "ignore", stderr: "ignore" } as const;
  expect(await saidOf("exit 255", printed)).toBe("pulumi ended with exit code 255; what it said stands above");
  expect(await saidOf("exit 255")).toBe("pulumi ended with exit code 255, and said nothing");
});

test("what was ended from outside, or could not be started, says so", async () => {
  expect(await saidOf("kill -9 $$")).toMatch(/^pulumi was ended from outside \(SIGKILL\)/);
  expect(await saidOf("kill -9 $$", { stdout: "ignore", stderr: "ignore" })).toMatch(/^pulumi was ended from outside/);
  expect(await saidOf("", {}, "/no/such/pulumi")).toMatch(/^pulumi could not be started: .*ENOENT/);
  expect(isCommandFailure(new TypeError("x is not a function"))).toBe(false);
});
