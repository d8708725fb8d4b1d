import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { localAccount, localKeys } from "../../src/local/account.ts";
import { credentialIn } from "../../src/model/credentials.ts";
import { allVendors, hostsOf, type VendorId, vendors } from "../../src/model/vendors/index.ts";
import type { Vendor } from "../../src/model/vendors/vendor.ts";
import { kindOf } from "../../src/operate/changes/kinds.ts";
import { checkSecrets } from "../../src/platform/settings/secrets.ts";
import { whyNoKeyTo } from "../../src/resources/kernel/destinations.ts";

/*
 * What a vendor must have. A new vendor is a line in src/model/vendors/index.ts; this test reports what it lacks.
 */

const checkout = join(import.meta.dirname, "../..");
const isThere = (path: string): boolean => existsSync(join(checkout, path));
const text = (path: string): string => readFileSync(join(checkout, path), "utf8");

const each = Object.entries(vendors) as [VendorId, Vendor][];

describe.each(each)("%s", (id, vendor) => {
  const credentials = Object.values(vendor.credentials);

  test("has a folder for its API, one for its twin, and tests of both", () => {
    expect([`src/resources/${id}/api.ts`, `src/local/twins/${id}/index.ts`].filter((path) => !isThere(path))).toEqual(
      [],
    );
    expect([`test/local/twins/${id}`].filter((path) => !isThere(path))).toEqual([]);
  });

  test("has an account on this machine, whose keys are all that its credentials are", () => {
    expect(localAccount).toHaveProperty(id);
    for (const { variable, mistake } of credentials) {
      expect(localKeys).toHaveProperty(variable);
      const value = localKeys[variable as keyof typeof localKeys];
      expect(mistake?.(value), variable).toBeUndefined();
    }
  });

  test("is found by its key's form in a text, where it has one", () => {
    const key = localKeys[vendor.credentials.key.variable as keyof typeof localKeys];
    expect(credentialIn(`before ${key} behind`)).toBe(vendor.marks[0]?.[1]);
  });

  test("is sent its keys over https at its own address, and nowhere else", () => {
    expect(vendor.hosts.length).toBeGreaterThan(0);
    expect(hostsOf(vendor.name)).toBe(vendor.hosts);
    expect(whyNoKeyTo(vendor.name, vendor.address.default, {})).toBeUndefined();
    expect(whyNoKeyTo(vendor.name, "https://vendor.example", {})).toBe(`is not ${vendor.name}'s own`);
  });

  test("is asked for by name where a stack has no key of it", () => {
    const none = { stack: "production", env: {}, config: () => undefined, hasSecret: () => false };
    const missing = checkSecrets(none).map(({ problem }) => problem);
    expect(missing).toEqual(expect.arrayContaining(credentials.map(({ variable }) => `${variable} is not set`)));
  });

  test("has words for each of its resources, and says what is lost with what is kept", () => {
    const kinds = Object.entries(vendor.kinds);
    expect(kinds.length).toBeGreaterThan(0);
    for (const [type, kind] of kinds) {
      expect(kindOf(type)).toBe(kind);
      expect(type).toMatch(/^(pulumi-nodejs:dynamic\/[a-z]+:[A-Z]\w+|[a-z]+:index\/[a-z]\w+:[A-Z]\w+)$/);
      if (kind.keptBy !== undefined) expect(kind.lost, type).toBeDefined();
    }
  });

  test("gives its keys to the steps of the workflows that deploy and look, and stands in the pages", () => {
    const files = ["deploy", "drift", "preview"].map((name) => `.github/workflows/${name}.yml`);
    for (const file of [...files, "docs/settings.md", "docs/operations.md"])
      for (const { variable } of credentials) expect(text(file), file).toContain(variable);
  });
});

test("no two of them share a variable, a configuration key or a type of resource", () => {
  const names = allVendors.flatMap(({ credentials, otherKeys = [], kinds }) => [
    ...[...Object.values(credentials), ...otherKeys].flatMap(({ variable, configKey }) => [variable, configKey]),
    ...Object.keys(kinds),
  ]);
  expect(new Set(names).size).toBe(names.length);
});
