import { expect, test } from "vitest";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { inShell, printedCommands } from "../../support/shell.ts";

test("what an up has made and lost is brought back by the import that the next one prints, and is made once", async () => {
  await using at = await cloudStack();
  const { stack, cloud } = at;
  const refused = { kind: "status", status: 403 } as const;
  cloud.sentry.faults.add({ match: { method: "PUT", path: "/api/0/projects/brandvx/backend/" }, effect: refused });
  cloud.upstash.faults.add({ match: { method: "POST" }, effect: { kind: "reset-after" } });

  const imported = new Set<string>();
  // An up stops at the first object that exists already; the next up reports the next one.
  let last = await stack.up();
  for (let round = 0; round < 6 && last.exitCode !== 0; round += 1) {
    for (const command of printedCommands(last.text).filter((one) => one.startsWith("pulumi import"))) {
      const ran = await inShell(stack, command);
      expect(ran.exitCode, `${command}\n${ran.text}`).toBe(0);
      imported.add(command.split(" ")[2] ?? "");
    }
    last = await stack.up();
  }
  expect(last.exitCode, last.text).toBe(0);
  expect([...imported].sort()).toEqual([
    "sentry:index/sentryProject:SentryProject",
    "upstash:index/redisDatabase:RedisDatabase",
  ]);

  const hand = byHand(cloud);
  expect(await hand.upstash("GET", "databases")).toHaveLength(1);
  expect(await hand.sentry("GET", "organizations/brandvx/projects/")).toHaveLength(2);
  // The stack treats it as its own, with its settings, and not as a resource that it found.
  expect(await hand.sentry("GET", "projects/brandvx/backend/")).toMatchObject({ platform: "python-fastapi" });
  const again = await stack.pulumi("preview", "--expect-no-changes");
  expect(again.exitCode, again.text).toBe(0);
});
