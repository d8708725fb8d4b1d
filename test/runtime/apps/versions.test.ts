import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { prerelease, satisfies, valid } from "semver";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { event } from "../../../src/catalog/event.ts";
import { events } from "../../../src/catalog/events.ts";
import { type Packed, packPackage } from "../../../src/runtime/build/pack.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const { purpose, owner, source, properties } = events["ask.prompt_submitted"];
const model = { type: z.string(), meaning: "Which model answers", privacy: "plain" } as const;
const changed = {
  ...events,
  "ask.prompt_submitted": event({ purpose, owner, source, properties: { ...properties, model } }),
};

let folder: ReturnType<typeof temporaryFolder>;
let [first, again, other] = [] as unknown as [Packed, Packed, Packed];

beforeAll(async () => {
  folder = temporaryFolder("brandvx-versions-");
  first = await packPackage(join(folder.path, "first"));
  again = await packPackage(join(folder.path, "again"));
  other = await packPackage(join(folder.path, "other"), changed);
  return () => folder[Symbol.dispose]();
}, 240_000);

test("what is the same has one version, byte by byte", () => {
  expect(again.version).toBe(first.version);
  expect(readFileSync(again.file).equals(readFileSync(first.file))).toBe(true);
});

test("an event with one property more is another version, of the next revision", () => {
  expect(other.version).not.toBe(first.version);
  expect(other.catalog.revision).toBe(first.catalog.revision + 1);
  expect(prerelease(other.version)?.[0]).toBe(other.catalog.revision);
});

test("a version is one for npm too, stands in the file's name, and is found by no range that could take the wrong one", () => {
  for (const { version, file } of [first, other]) {
    expect(valid(version)).toBe(version);
    expect(basename(file)).toBe(`brandvx-observability-${version}.tgz`);
    for (const range of ["^1.0.0", "~1.0.0", "1", "*"]) expect(satisfies(version, range)).toBe(false);
  }
});

test("with one cache npm installs the newer content after the older, and on a clean machine by the lockfile", {
  timeout: 120_000,
}, async () => {
  const app = join(folder.path, "app");
  const cache = join(folder.path, "cache");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true }));
  const npm = (...args: string[]) =>
    execa("npm", [...args, "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--cache", cache], { cwd: app });
  const installed = () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(join(app, "node_modules/@brandvx/observability", file), "utf8"));
    return { version: read("package.json").version, catalog: read("dist/catalog.json") };
  };
  for (const packed of [first, other]) {
    await npm("install", packed.file);
    const { version, catalog } = installed();
    expect(version).toBe(packed.version);
    expect(catalog).toMatchObject(packed.catalog);
    expect(Object.hasOwn(catalog.events["ask.prompt_submitted"].properties, "model")).toBe(packed === other);
  }
  expect(Object.keys(installed().catalog.events).toSorted()).toEqual(Object.keys(events).toSorted());
  await npm("ci");
  expect(installed().version).toBe(other.version);
});

test("plain npm pack, which knows one version alone, makes nothing and names the command that does", async () => {
  const { exitCode, stderr } = await execa("npm", ["pack", "--workspace", "@brandvx/observability", "--dry-run"], {
    reject: false,
  });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("npm run package -- <folder>");
});
