import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { environment } from "../../../src/catalog/environment.ts";
import { events } from "../../../src/catalog/events.ts";
import { packedPackage, scratchApp } from "./packed.ts";

const types = new URL("../browser/scratch/types", import.meta.url);
const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const bin = new URL("../../../node_modules/.bin/", import.meta.url).pathname;

describe("the package", { timeout: 240_000 }, () => {
  let tarball: string;

  beforeAll(async () => {
    tarball = await packedPackage();
  }, 240_000);

  test("is found right by publint and by Are the types wrong", async () => {
    const publint = await execa(join(bin, "publint"), ["run", tarball, "--strict"]);
    expect(publint.stdout).toContain("All good");
    const attw = await execa(join(bin, "attw"), [tarball, "--profile", "esm-only", "--format", "json"]);
    const { problems } = JSON.parse(attw.stdout) as { problems: Record<string, unknown> };
    // The remaining problems concern `require`, which an ESM package does not offer.
    expect(Object.keys(problems).toSorted()).toEqual(["CJSResolvesToESM", "NoResolution"]);
  });

  test("has what an app needs, and nothing of this project beside it", async () => {
    const { stdout } = await execa("tar", ["-tzf", tarball]);
    const files = stdout.split("\n").map((file) => file.replace(/^package\//, ""));
    for (const file of [
      "README.md",
      "LICENSE",
      "dist/THIRD-PARTY-NOTICES.txt",
      "docs/operator-ui.md",
      "docs/backend.md",
    ]) {
      expect(files).toContain(file);
    }
    for (const part of ["browser", "server", "redis", "health", "privacy", "vite"]) {
      expect(files).toEqual(expect.arrayContaining([`dist/${part}.js`, `dist/${part}.d.ts`]));
    }
    expect(files.filter((file) => !/^(?:dist\/|docs\/|README|LICENSE|package\.json)/.test(file))).toEqual([]);
  });

  test("brings no library along by itself: each app installs what it uses", async ({ onTestFinished }) => {
    const app = await scratchApp(types, [], onTestFinished);
    const installed = await app.run("ls", ["-A", "node_modules"]);
    expect(installed.split("\n").toSorted()).toEqual([".package-lock.json", "@brandvx"]);
    const manifest = JSON.parse(
      await readFile(join(app.folder, "node_modules/@brandvx/observability/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({ sideEffects: false, type: "module" });
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(Object.keys(manifest.peerDependenciesMeta));
  });

  test("asks its build alone whether it is for development, and has no schema library in its files", async ({
    onTestFinished,
  }) => {
    const app = await scratchApp(types, [], onTestFinished);
    const dist = "node_modules/@brandvx/observability/dist";
    const grep = (pattern: string, ...files: string[]) =>
      app.run("grep", ["-rlE", "--include=*.js", pattern, ...files]).catch(() => "");
    const found = async (pattern: string, where: string): Promise<Set<string>> =>
      new Set((await app.run("grep", ["-rohE", "--include=*.js", pattern, where])).toString().trim().split("\n"));
    // Vite replaces the expression; elsewhere `env` is undefined, and the optional chaining ends there.
    const ofTheBuild = new Set(["import.meta.env?.DEV"]);
    expect(await found("import\\.meta[?.A-Za-z_]*", `${dist}/browser.js`)).toEqual(ofTheBuild);
    expect(await found("import\\.meta\\.env[?.A-Za-z_]*", dist)).toEqual(ofTheBuild);
    expect(await grep("process\\.env", `${dist}/browser.js`)).toBe("");
    expect(await grep('ZodError|from "zod"', dist)).toBe("");
    const ofMachines = [`${dirname(checkout)}/`, `${homedir()}/`, "/home/", "\\.build-"];
    expect(await grep(ofMachines.join("|"), dist)).toBe("");
  });

  test("types its events and variables as the catalog does", async ({ onTestFinished }) => {
    const app = await scratchApp(types, [], onTestFinished);
    const texts = (await app.run("cat", ["-s", ...(await declarations(app))])).toString();
    for (const [name, { properties, schema, purpose }] of Object.entries(events)) {
      expect(texts).toContain(JSON.stringify(name));
      expect(texts).toContain(purpose);
      const { required = [] } = z.toJSONSchema(schema, { unrepresentable: "any" }) as { required?: string[] };
      for (const [property, { meaning }] of Object.entries(properties)) {
        expect(texts).toContain(meaning);
        if (required.includes(property)) expect(texts).toMatch(new RegExp(`"${property.replace("$", "\\$")}": `));
      }
    }
    for (const [name, { meaning }] of Object.entries(environment)) {
      expect(texts).toContain(`readonly ${name}?: string | undefined;`);
      expect(texts).toContain(meaning);
    }
  });

  test.for([
    { moduleResolution: "nodenext", module: "nodenext" },
    { moduleResolution: "bundler", module: "esnext" },
  ])("compiles in an app without any of the libraries: $moduleResolution", async (options, { onTestFinished }) => {
    const app = await scratchApp(types, ["@types/node", "undici-types"], onTestFinished);
    const flags = { ...options, target: "es2022", lib: "es2022,dom", types: "node" };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    await app.run("tsc", [
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--skipLibCheck",
      "false",
      ...args,
      "all.ts",
    ]);
  });
});

async function declarations(app: Awaited<ReturnType<typeof scratchApp>>): Promise<string[]> {
  const found = await app.run("find", ["node_modules/@brandvx/observability/dist", "-name", "*.d.ts"]);
  return found.split("\n");
}
