import { expect, onTestFinished, test } from "vitest";
import { startHosting } from "../../src/local/hosting/index.ts";

test("before the apps are deployed their addresses say so; a health that changes is told as it is", async () => {
  const hosting = await startHosting(() => 0);
  onTestFinished(() => hosting.stop());
  for (const url of [hosting.appUrl, hosting.healthUrl]) {
    const answer = await fetch(url);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("is not deployed yet");
  }
  let redis = "ok";
  hosting.deployBackend(async () => ({ redis }));
  expect(await (await fetch(hosting.healthUrl)).json()).toEqual({ redis: "ok" });
  redis = "error";
  expect(await (await fetch(hosting.healthUrl)).json()).toEqual({ redis: "error" });
});

test("another program may have the port", async () => {
  const first = await startHosting(() => 0);
  onTestFinished(() => first.stop());
  const taken = Number(new URL(first.appUrl).port);
  const second = await startHosting((key) => (key === "brandvx-observability:appUrl" ? taken : 0));
  onTestFinished(() => second.stop());
  expect(second.appUrl).not.toBe(first.appUrl);
});
