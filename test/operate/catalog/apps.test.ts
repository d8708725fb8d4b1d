import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import { type CatalogFacts, catalogFacts } from "../../../src/catalog/facts.ts";
import { catalogDigest, readRevisions, revisionsPath, revisionsText } from "../../../src/catalog/revision.ts";
import { appCatalog } from "../../../src/operate/catalog/apps.ts";
import { findInstalled, type Installed } from "../../../src/operate/catalog/installed.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { definitionsCheckout } from "../support/checkout.ts";

const hash = "h0123456789";
const facts = catalogFacts(events);
const { "ask.prompt_submitted": _gone, ...fewer } = facts;
const older: CatalogFacts = fewer;

/** A folder with the files that an app's package manager leaves. */
function app(files: Readonly<Record<string, string | object>>) {
  const folder = temporaryFolder("brandvx-app-");
  mkdirSync(join(folder.path, ".git"));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

const place = "node_modules/@brandvx/observability";
const installed = (version: string, catalog?: object) => ({
  [`${place}/package.json`]: { name: "@brandvx/observability", version },
  ...(catalog && { [`${place}/dist/catalog.json`]: catalog }),
});
const npmLock = (version: string, at = place) => ({
  "package-lock.json": { lockfileVersion: 3, packages: { "": {}, [at]: { version, resolved: "file:vendor/x.tgz" } } },
});

describe("the version that an app has is read from what its package manager leaves", () => {
  const version = `1.0.0-2.${hash}`;
  const tarball = `file:vendor/brandvx-observability-${version}.tgz`;

  test.each<[string, Record<string, string | object>, string]>([
    ["npm's lockfile", npmLock(version), ""],
    ["npm's lockfile of a workspace", npmLock(version), "apps/web"],
    [
      "npm's lockfile, of an app with a version of its own",
      {
        "package-lock.json": {
          packages: {
            [place]: { version: "1.0.0-1.h9876543210" },
            [`apps/web/${place}`]: { version },
          },
        },
      },
      "apps/web",
    ],
    [
      "pnpm's lockfile",
      {
        "pnpm-lock.yaml": `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@brandvx/observability':
        specifier: ${tarball}
        version: ${tarball}(posthog-js@1.449.2)
packages:
  '@brandvx/observability@${tarball}':
    resolution: {integrity: sha512-x, tarball: ${tarball}}
    version: ${version}
`,
      },
      "",
    ],
    [
      "pnpm's lockfile, from a registry",
      {
        "pnpm-lock.yaml": `importers:
  apps/web:
    dependencies:
      '@brandvx/observability': {specifier: ${version}, version: ${version}}
packages:
  '@brandvx/observability@${version}': {resolution: {integrity: sha512-x}}
`,
      },
      "apps/web",
    ],
    [
      "yarn's first lockfile",
      {
        "yarn.lock": `# yarn lockfile v1\n\n"@brandvx/observability@${tarball}":\n  version "${version}"\n  resolved "${tarball}#abc"\n\nother@^1.0.0:\n  version "1.2.3"\n`,
      },
      "",
    ],
    [
      "yarn's later lockfile",
      {
        "yarn.lock": `__metadata:\n  version: 8\n\n"@brandvx/observability@${tarball}::locator=app":\n  version: ${version}\n  resolution: "x"\n`,
      },
      "",
    ],
    ["node_modules", installed(version, { revision: 2, digest: "a", events: {} }), ""],
    ["node_modules above the app", installed(version, { revision: 2, digest: "a", events: {} }), "apps/web"],
  ])("%s", (_, files, below) => {
    using folder = app(files);
    const at = join(folder.path, below);
    mkdirSync(at, { recursive: true });
    expect(findInstalled(at)).toMatchObject({ kind: "found", version, revision: 2 });
  });

  test("a lockfile decides where another version is installed, and both are told", () => {
    using folder = app({ ...installed(`1.0.0-1.${hash}`), ...npmLock(version) });
    expect(findInstalled(folder.path)).toMatchObject({ version, revision: 2, alsoInstalled: `1.0.0-1.${hash}` });
  });

  test.each<[string, Record<string, string | object>, object]>([
    ["without any", {}, { kind: "absent" }],
    ["with a lockfile that does not have it", { "package-lock.json": { packages: {} } }, { kind: "absent" }],
    [
      "with yarn's lockfile of a namesake",
      { "yarn.lock": '"@brandvx/observability-ui@1":\n  version "1.0.0"\n' },
      { kind: "absent" },
    ],
    [
      "with yarn's lockfile that tells no version of it",
      { "yarn.lock": '"@brandvx/observability@x":\n  resolved "x"\n' },
      { kind: "found", version: "unknown", revision: undefined },
    ],
    ["with a lockfile that is cut off", { "package-lock.json": '{ "packages": {' }, { kind: "unreadable" }],
    ["with a lockfile of npm 6", { "package-lock.json": { dependencies: {} } }, { kind: "unreadable" }],
    ["with a catalog that is none", installed(version, { revision: "two" }), { kind: "unreadable" }],
    [
      "with the package of the first days",
      installed("1.0.0"),
      { kind: "found", version: "1.0.0", revision: undefined },
    ],
  ])("%s", (_, files, found) => {
    using folder = app(files);
    expect(findInstalled(folder.path)).toMatchObject(found);
  });

  test("without a key that stands in an address of a lockfile", () => {
    const address = "https://somebody:s3cret-of-a-registry@packages.example/x.tgz";
    const locks = {
      "package-lock.json": `${address} {`,
      "pnpm-lock.yaml": `importers:\n  .:\n    dependencies:\n      '@brandvx/observability': {version: '${address}'}\n`,
      "yarn.lock": `"@brandvx/observability@${address}":\n  resolved "${address}"\n`,
    };
    for (const [name, text] of [...Object.entries(locks), ["pnpm-lock.yaml", `a: b: *${address}\n`] as const]) {
      using folder = app({ [name]: text });
      expect(JSON.stringify(findInstalled(folder.path))).not.toContain("s3cret");
    }
  });

  test("no further than the app's repository", () => {
    using folder = app({ ...npmLock(version), "inner/.git/HEAD": "" });
    expect(findInstalled(join(folder.path, "inner"))).toEqual({ kind: "absent" });
  });
});

describe("an app's catalog is", () => {
  const digests = ["a".repeat(16), "b".repeat(16), "c".repeat(16)];
  const here = { revision: 3, digest: "c".repeat(16), digests, events: facts };
  const has = (revision: number, digest?: string): Installed => ({
    ...({ kind: "found", file: "x", version: `1.0.0-${revision}.${hash}`, revision } as const),
    ...(digest !== undefined && { catalog: { digest, events: older } }),
  });

  test.each([
    ["the same", has(3, here.digest), "same"],
    ["the same by its number, where a lockfile alone says it", has(3), "same"],
    ["the same, which a branch had numbered otherwise", has(4, here.digest), "same"],
    ["older", has(1, digests[0]), "older"],
    ["older by its number", has(2), "older"],
    ["newer", has(5, "e".repeat(16)), "newer"],
    ["another one of the same number", has(3, "e".repeat(16)), "other"],
    ["another one of an earlier number", has(2, "e".repeat(16)), "other"],
    [
      "unknown, where no revision is",
      { kind: "found", file: "x", version: "1.0.0", revision: undefined } as const,
      "unknown",
    ],
    ["absent", { kind: "absent" } as const, "absent"],
    ["unreadable", { kind: "unreadable", file: "x", why: "cut off" } as const, "unreadable"],
  ] as const)("%s", (_, found, status) => {
    expect(appCatalog("app", found, here).status).toBe(status);
  });

  test("compared with this one, event by event, where it is installed", () => {
    const { changes } = appCatalog("app", has(1, digests[0]), here);
    expect(changes.map(({ event, change }) => [event, change])).toEqual([["ask.prompt_submitted", "new"]]);
    expect(appCatalog("app", has(1), here).changes).toEqual([]);
  });
});

describe("obs catalog --app", { timeout: 180_000 }, () => {
  const launcher = fileURLToPath(new URL("../../../src/operate/obs.mjs", import.meta.url));

  test("tells each app's catalog, ends with 7 where one is not this one, and with 1 where one cannot be read", async () => {
    const at = await definitionsCheckout("brandvx-apps-");
    using _folder = at.folder;
    const digest = catalogDigest(events);
    at.write(revisionsPath, revisionsText(["a".repeat(16), digest]));
    mkdirSync(join(at.folder.path, "docs"));
    const obs = (...args: string[]) =>
      execa(launcher, ["catalog", ...args], {
        cwd: at.folder.path,
        reject: false,
        stdin: "ignore",
        env: { COLUMNS: "80" },
      });
    expect((await obs()).exitCode).toBe(0);
    expect(readRevisions(readFileSync(join(at.folder.path, revisionsPath), "utf8"))).toHaveLength(2);

    const first = { revision: 1, digest: "a".repeat(16), events: older };
    using same = app(installed(`1.0.0-2.${hash}`, { revision: 2, digest, events: facts }));
    using behind = app(installed(`1.0.0-1.${hash}`, first));
    using locked = app(npmLock(`1.0.0-1.${hash}`));
    using none = app({});
    using cut = app({ "yarn.lock": "", "package-lock.json": "{" });

    const fine = await obs("--check", "--app", same.path);
    expect(fine.exitCode, fine.stderr).toBe(0);
    expect(fine.stdout).toContain(`has this catalog: revision 2 (1.0.0-2.${hash})`);

    const { exitCode, stdout } = await obs("--check", "--app", same.path, behind.path, locked.path, none.path);
    expect(exitCode).toBe(7);
    expect(stdout).toContain(`${behind.path} has an older catalog: revision 1, 1 revision behind`);
    expect(stdout).toContain("ask.prompt_submitted is not in it");
    expect(stdout).toContain("by the number in");
    expect(stdout).toContain("does not have @brandvx/observability");

    const json = await obs("--check", "--json", "--app", behind.path, none.path, cut.path);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout).apps).toMatchObject([
      { app: behind.path, status: "older", revision: 1, changes: [{ event: "ask.prompt_submitted", change: "new" }] },
      { app: none.path, status: "absent" },
      { app: cut.path, status: "unreadable" },
    ]);

    const missing = await obs("--app", join(none.path, "nowhere"));
    expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringContaining("there is no folder")]);
  });

  test("a catalog that apps have to follow gets the next revision, which --check misses until it is written", async () => {
    const at = await definitionsCheckout("brandvx-apps-");
    using _folder = at.folder;
    mkdirSync(join(at.folder.path, "docs"));
    const obs = (...args: string[]) =>
      execa(launcher, ["catalog", ...args], { cwd: at.folder.path, reject: false, stdin: "ignore" });
    await obs();
    at.edit("src/catalog/events.ts", (text) => text.replace('source: "browser"', 'source: "server"'));
    const before = readRevisions(at.read(revisionsPath));
    const checked = JSON.parse((await obs("--check", "--json")).stdout);
    expect(checked.revision).toMatchObject({ number: before.length + 1, file: "outdated" });
    expect(readRevisions(at.read(revisionsPath))).toEqual(before);
    await obs();
    expect(readRevisions(at.read(revisionsPath))).toHaveLength(before.length + 1);

    at.write(revisionsPath, `${at.read(revisionsPath)}=======\n`);
    const merged = await obs("--check");
    expect([merged.exitCode, merged.stderr]).toEqual([1, expect.stringContaining("git checkout origin/main --")]);
  });
});
