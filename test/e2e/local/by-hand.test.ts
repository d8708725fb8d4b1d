import { expect, test } from "vitest";
import { type HandChange, handChanges } from "../../../src/local/console/resources/by-hand/index.ts";
import { type VendorObject, vendorObjects } from "../../../src/local/console/resources/objects.ts";
import { vendorApis } from "../../../src/local/console/resources/vendor-api.ts";
import { cloudStack } from "../../support/cloud.ts";
import { resourcesOf } from "../../support/served.ts";
import { obs } from "../operate/obs.ts";

interface Press {
  readonly object: VendorObject;
  readonly change: HandChange;
}

/** Every change once, each on a separate object while its kind has enough of them; the others in another round. */
function rounds(objects: readonly VendorObject[]): Press[][] {
  const pressed: Press[][] = [];
  for (const [, ofKind] of Map.groupBy(objects, ({ vendor, kind }) => `${vendor} ${kind}`)) {
    for (const [index, change] of handChanges(ofKind[0] as VendorObject).entries()) {
      const object = ofKind[index % ofKind.length] as VendorObject;
      const round = Math.floor(index / ofKind.length);
      pressed[round] = [...(pressed[round] ?? []), { object, change }];
    }
  }
  return pressed;
}

interface Report {
  readonly owners: readonly {
    readonly drifted: readonly { readonly urn: string; readonly words: readonly unknown[]; readonly change: string }[];
  }[];
}

test("every button that changes something by hand makes drift that the check finds and names", async () => {
  // Monitors of uptime and of jobs exist once, for production.
  const config = {
    markReleases: "true",
    release: "operator-ui@1.0.0",
    environment: "production",
    posthogSubscriptions: "true",
  };
  await using at = await cloudStack({ config });
  const { cloud, stack } = at;
  const made = await stack.up();
  expect(made.exitCode, made.text).toBe(0);
  const objects = vendorObjects(await resourcesOf(stack));
  expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["Monitor", "UptimeMonitor", "CronMonitor"]));
  const withoutButtons = [
    ...new Set(objects.filter((object) => handChanges(object).length === 0).map(({ kind }) => kind)),
  ];
  expect(withoutButtons.sort()).toEqual(["Environment", "Organization", "Project"]);

  const apis = vendorApis(cloud);
  for (const { kind, vendor, name, path } of objects) {
    expect(path, `${kind} ${name} has a live state`).toBeDefined();
    expect(await apis[vendor]("GET", path ?? ""), `${kind} ${name}`).toBeTypeOf("object");
  }
  const done: Press[] = [];
  for (const round of rounds(objects)) {
    for (const { object, change } of round) {
      expect(await change.make(object, apis[object.vendor])).toMatch(/\S .*\b(was|were|now|is|tells)\b/);
    }
    done.push(...round);
    const { exitCode, stdout, stderr } = await obs(stack, "drift", "--stack", "test", "--json");
    expect(exitCode, stderr).toBe(7);
    const drifted = (JSON.parse(stdout) as Report).owners.flatMap((owner) => owner.drifted);
    for (const { object, change } of round) {
      const found = drifted.find(({ urn }) => urn === object.urn);
      const what = `${object.kind} ${object.name}: ${change.label}`;
      expect.soft(found, what).toBeDefined();
      // Drift reports a deleted object by that fact, the others by what differs.
      expect.soft(found?.change === "changed" ? found.words : [found?.change], what).not.toEqual([]);
    }
    // Objects that nobody changed show no drift, but Sentry takes a deleted monitor from its alert, too.
    const others = drifted.filter(({ urn }) => !done.some(({ object }) => object.urn === urn));
    const lostMonitors = others.filter(({ urn, words }) => urn.includes("Alert::") && /^monitorIds /.test(`${words}`));
    expect.soft(others.filter((other) => !lostMonitors.includes(other))).toEqual([]);
  }
});
