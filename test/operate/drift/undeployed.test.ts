import { expect, test } from "vitest";
import { undeployed } from "../../../src/operate/drift/undeployed.ts";
import type { Stack } from "../../../src/operate/stack/stack.ts";
import { definitionsCheckout } from "../support/checkout.ts";

async function deployed(updates: (head: string) => object[]) {
  const checkout = await definitionsCheckout("brandvx-undeployed-");
  const head = async () => (await checkout.git("rev-parse", "HEAD")).stdout;
  const history = updates(await head());
  const stack = {
    ...{ stage: "production", project: { folder: checkout.folder.path } },
    look: () => Promise.resolve({ exitCode: 0, stdout: JSON.stringify(history), stderr: "" }),
  } as unknown as Stack;
  return { ...checkout, stack, commit: await head(), [Symbol.dispose]: () => checkout.folder[Symbol.dispose]() };
}

const up = (head: string) => ({ kind: "update", environment: { "git.head": head } });

test("the files of the program that have changed since the last up, others not", async () => {
  using at = await deployed((head) => [{ kind: "refresh", environment: { "git.head": "0".repeat(40) } }, up(head)]);
  expect(await undeployed(at.stack)).toBeUndefined();
  at.write("README.md", "Not the program.");
  expect(await undeployed(at.stack)).toBeUndefined();
  at.edit("dashboards/activation-funnel.ts", (text) => `${text}\n// merged\n`);
  await at.git("commit", "-qam", "merged");
  expect(await undeployed(at.stack)).toEqual({ commit: at.commit, files: ["dashboards/activation-funnel.ts"] });
});

test("a commit that the checkout does not have is not known to be as the code is", async () => {
  using at = await deployed(() => [up("0".repeat(40))]);
  expect(await undeployed(at.stack)).toEqual({ commit: "0".repeat(40), files: undefined });
});

test("an up that was made outside of git, or none at all, says nothing", async () => {
  using outside = await deployed(() => [{ kind: "update", environment: {} }]);
  expect(await undeployed(outside.stack)).toBeUndefined();
  using never = await deployed(() => []);
  expect(await undeployed(never.stack)).toBeUndefined();
});
