import { expect, test } from "vitest";
import { type HandChange, handChanges } from "../../../../src/local/console/resources/by-hand/index.ts";
import { type VendorObject, vendorObjects } from "../../../../src/local/console/resources/objects.ts";
import { schemasOf, setting } from "../../../resources/posthog/support.ts";

const given = schemasOf({
  asked: {
    properties: { length: { type: "Numeric", required: true, meaning: "How long" } },
    enforcement: "allow",
  },
});
const type = "pulumi-nodejs:dynamic/posthog:EventSchemas";
const objectOf = (outputs: Record<string, unknown> | undefined): VendorObject => {
  const urn = `urn:pulumi:test::brandvx::${type}::schemas`;
  const [found] = vendorObjects([{ urn, type, id: "1", custom: true, outputs: { ...outputs } }]);
  if (!found) throw new Error("it is no object of a vendor");
  return found;
};

test.for<[string, RegExp]>([
  ["properties", /"properties":\{\}/],
  ["reject", /"enforcement":"reject"/],
  ["delete", /"events":\{\}/],
])("the button `%s` of schemas makes drift that a refresh sees", async ([key, seen]) => {
  await using at = await setting();
  await at.byHand("post", "event_definitions/", { name: "asked" });
  const schemas = at.process().schemas();
  await schemas.up(given);
  const object = objectOf(schemas.state);
  const change = handChanges(object).find((one: HandChange) => one.key === key);
  const done = await change?.make(object, (method, path, body) =>
    at.byHand(method.toLowerCase() as "get", path.replace("/", ""), body),
  );
  expect(done).toMatch(/\S .*\b(was|now)\b/);
  expect(JSON.stringify(await schemas.refresh())).toMatch(seen);
});

test("schemas show their live state, and have no buttons where PostHog has none", async () => {
  const found = objectOf({ isAvailable: true });
  expect(found.path).toBe("/schema_property_groups/?limit=200");
  expect(handChanges(objectOf({ isAvailable: false }))).toEqual([]);
});
