import { expect, test } from "vitest";
import { localKeys } from "../../../src/local/account.ts";
import { cloudStack } from "../../support/cloud.ts";

test("no run that fails shows a key or a value, even when the vendor repeats it", async () => {
  await using at = await cloudStack();
  const { stack, cloud } = at;
  const texts: string[] = [];
  const flagsKey = "phs_marked0flags0key0123456789";
  const set = await stack.pulumi("config", "set", "--secret", "posthog:flagsKey", flagsKey);
  expect(set.exitCode, set.text).toBe(0);
  const refusals = [
    [cloud.posthog, 401, localKeys.POSTHOG_PERSONAL_API_KEY],
    [cloud.sentry, 401, localKeys.SENTRY_TOKEN],
    [cloud.render, 400, localKeys.RENDER_API_KEY],
  ] as const;
  const faults = refusals.map(([twin, status, key]) =>
    twin.faults.add({ match: {}, times: "always", effect: { kind: "status", status, detail: `bad key ${key}` } }),
  );
  const refused = await stack.up();
  expect(refused.exitCode).not.toBe(0);
  texts.push(refused.text);
  for (const dispose of faults) dispose();

  // One write in the middle fails, and its error repeats the request body.
  cloud.render.faults.add({
    match: { method: "PUT", path: /env-vars\/(?:SENTRY_DSN|POSTHOG_FLAGS_KEY)/ },
    times: "always",
    effect: { kind: "status", status: 500 },
  });
  const half = await stack.up();
  expect(half.exitCode).not.toBe(0);
  texts.push(half.text, await stack.state());
  cloud.render.faults.clear();
  const finished = await stack.up();
  expect(finished.exitCode, finished.text).toBe(0);
  texts.push(finished.text, await stack.state(), (await stack.pulumi("stack", "output")).text);

  const server = cloud.render.variables(cloud.render.serviceId("backend") ?? "") ?? {};
  const secrets = [
    ...Object.values(localKeys).filter((key) => !key.includes("@")),
    server.REDIS_URL,
    server.SENTRY_DSN,
    server.POSTHOG_FLAGS_KEY,
  ];
  expect(server.POSTHOG_FLAGS_KEY).toBe(flagsKey);
  expect(secrets.every((secret) => (secret ?? "").length > 20)).toBe(true);
  for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret);
  expect(texts.at(-1), "outputs that are secret are named, not shown").toContain("[secret]");

  // A stack that does without it takes it away again.
  await stack.pulumi("config", "rm", "posthog:flagsKey");
  const without = await stack.up();
  expect(without.exitCode, without.text).toBe(0);
  expect(cloud.render.variables(cloud.render.serviceId("backend") ?? "")).not.toHaveProperty("POSTHOG_FLAGS_KEY");
  expect(without.text).not.toContain(flagsKey);
});
