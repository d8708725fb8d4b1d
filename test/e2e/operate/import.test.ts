import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { posthogStack } from "../posthog/stack.ts";
import { inTheApp, oldDashboard } from "./by-hand.ts";
import { obs } from "./obs.ts";

const writes = (requests: readonly { method: string }[]) => requests.filter(({ method }) => method !== "GET");

test("x", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  const { id } = await oldDashboard(posthog);
  console.log((await stack.up()).exitCode);
  const mark = posthog.requests.mark();
  const dry = await obs(stack, "import", "dashboard", String(id), "--stack", "test", "--dry-run");
  console.log(dry.exitCode, dry.stdout, dry.stderr);
  const ran = await obs(stack, "import", "dashboard", String(id), "--stack", "test");
  console.log(ran.exitCode, ran.stdout, ran.stderr);
  console.log(writes(posthog.requests.since(mark)));
  const p = await stack.pulumi("preview", "--expect-no-changes", "--diff");
  console.log(p.exitCode, p.text);
  const r = await stack.refreshPreview();
  console.log(r.exitCode, r.text);
  console.log(readFileSync(join(stack.folder, "dashboards/index.ts"), "utf8"));
});
