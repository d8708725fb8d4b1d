import { expect, test } from "vitest";
import { failed } from "../lifetime.ts";
import { alertOn, definition, setting } from "./support.ts";

test("a key that is wrong is told in full once, and shortly for each other resource", async () => {
  await using at = await setting();
  const maker = at.process();
  const [one, two, alert] = [maker.dashboard(), maker.dashboard(), maker.alert()];
  await one.up(definition({ key: "one" }));
  await two.up(definition({ key: "two" }));
  await alert.up(alertOn(one.id ?? ""));
  at.twin.faults.add({ match: {}, times: "always", effect: { kind: "status", status: 401 } });
  const process = at.process();
  const said = await Promise.all([
    failed(one.in(process.dashboard()).refresh()),
    failed(two.in(process.dashboard()).refresh()),
    failed(alert.in(process.alert()).refresh()),
  ]);
  const [full, ...short] = said.toSorted((a, b) => b.length - a.length);
  expect(full).toContain("Look at the key: POSTHOG_PERSONAL_API_KEY must be a personal API key (phx_…) of this region");
  for (const text of short)
    expect(text.trim()).toBe("PostHog answered 401: the same error as another resource has, which says what to do");
});
