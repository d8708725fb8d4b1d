import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { frozenStack, theirs } from "./stack.ts";
import { atAddresses, portable, tellingOf } from "./state.ts";

const here = new URL("./", import.meta.url);
const folderOf = (release: string) => new URL(`${release}/`, here);
const stateOf = (release: string) => new URL("state.json", folderOf(release));

/** Releases with a frozen program; `RECORD_RELEASE` names the one whose state is to be written. */
const releases = readdirSync(here, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const recorded = process.env.RECORD_RELEASE;

test.runIf(recorded)(`the state of release ${recorded} is written`, async () => {
  const release = recorded ?? "";
  expect(existsSync(stateOf(release)), "a state that is there is never written again").toBe(false);
  await using at = await frozenStack(folderOf(release));
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
  writeFileSync(stateOf(release), portable(await at.exported(), at.cloud.addresses));
});

describe.skipIf(recorded).for(releases)("what release %s has written", (release) => {
  const kept = () => readFileSync(stateOf(release), "utf8");

  test("has no secret in clear, no time, and nothing of the machine that wrote it", () => {
    expect(kept()).not.toMatch(
      /fake-|127\.0\.0\.1|\/tmp\/|\/home\/|node_modules|file:|\.ts#|"modified"|20[23]\d-(?!01-01T00:00:00\.000Z)\d\d-\d\dT/,
    );
    expect(kept().match(/"ciphertext"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test("previews clean, refreshes clean, is replaced without a loss and is destroyed whole by the newest code", async () => {
    await using at = await frozenStack(folderOf(release));
    const { stack, cloud } = at;
    const up = await stack.up();
    expect(up.exitCode, up.text).toBe(0);
    await at.imported(tellingOf(atAddresses(kept(), cloud.addresses), await at.exported()));

    for (const { requests } of cloud.twins) requests.clear();
    const preview = await stack.pulumi("preview", "--diff", "--expect-no-changes");
    expect(preview.exitCode, preview.text).toBe(0);
    expect(cloud.twins.flatMap(({ requests }) => requests.all())).toEqual([]);
    const refreshed = await stack.refreshPreview();
    expect(refreshed.exitCode, refreshed.text).toBe(0);

    const own =
      kept()
        .match(/"urn:[^"]+dynamic\/[^"]+"/g)
        ?.map((urn) => JSON.parse(urn) as string) ?? [];
    const replaced = await stack.up(...own.flatMap((urn) => ["--replace", urn]));
    expect(replaced.exitCode, replaced.text).toBe(0);
    const whole = await stack.refreshPreview();
    expect(whole.exitCode, `${replaced.text}\n${whole.text}`).toBe(0);

    const gone = await stack.destroy();
    expect(gone.exitCode, gone.text).toBe(0);
    expect(cloud.posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
    expect(await at.atSentry()).toEqual([]);
    expect(cloud.cloudflare.variables("operator-ui")).toEqual(theirs);
    expect(cloud.render.variables(localAccount.render.serviceId)).toEqual({});
  });
});
