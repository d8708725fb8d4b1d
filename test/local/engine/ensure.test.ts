import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { pinnedEngine } from "../../../src/local/engine/ensure.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const module = fileURLToPath(new URL("../../../src/local/engine/ensure.ts", import.meta.url));

/** Looks for an engine on a machine that has nothing but Node and these programs. */
async function ensureOn(programs: Record<string, string>, { seesKeys = false, env = {} } = {}) {
  using machine = temporaryFolder("brandvx-machine-");
  symlinkSync(process.execPath, join(machine.path, "node"));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(machine.path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(machine.path, name), 0o755);
  }
  const program = `
    import { ensureEngine } from ${JSON.stringify(module)};
    const progress = (line) => console.error("progress:", line);
    try { console.log(JSON.stringify(await ensureEngine({ progress, seesKeys: ${seesKeys} }))); } catch (error) { console.error(error.message); process.exit(1); }
  `;
  return await execa(process.execPath, ["--input-type=module", "-e", program], {
    env: {
      PATH: `${machine.path}:/usr/bin:/bin`,
      HOME: machine.path,
      XDG_CACHE_HOME: join(machine.path, "cache"),
      ...env,
    },
    extendEnv: false,
    reject: false,
  });
}

describe.skipIf(process.platform === "win32")("an engine", () => {
  test("that is nowhere to be had is one error that says what was tried and what to install", async () => {
    const found = await ensureOn({
      npm: "echo 'npm error network is unreachable' >&2; exit 1",
      go: "echo 'go: module lookup disabled' >&2; exit 1",
    });
    expect(found.exitCode).toBe(1);
    expect(found.stderr).toContain("no pulumi was found, and none could be set up");
    expect(found.stderr).toContain("tried  PATH: there is no pulumi on it");
    expect(found.stderr).toContain(
      `tried  the official npm package pulumi@${pinnedEngine()}: npm error network is unreachable`,
    );
    expect(found.stderr).toContain("tried  the Go module that tools/go.mod pins: go: module lookup disabled");
    expect(found.stderr).toMatch(/install the Pulumi CLI, 3\.254\.0 or newer .* or Go 1\.26 or newer/);
    expect(found.stderr.match(/^progress: /gm)?.length, "a line for each long step").toBe(2);
  });

  test("is built from what tools/go.sum pins before anything is downloaded that nobody has a hash of", async () => {
    const found = await ensureOn({
      npm: "echo npm >&2; exit 1",
      go: `while [ "$1" != -o ]; do shift; done; printf '#!/bin/sh\\necho v${pinnedEngine()}\\n' > "$2"; chmod +x "$2"`,
    });
    expect(found.exitCode, found.stderr).toBe(0);
    expect(JSON.parse(found.stdout)).toMatchObject({ version: pinnedEngine(), origin: "Go module" });
    expect(found.stderr).not.toContain("npm");
  });

  test("that would see keys is never one that was downloaded", async () => {
    const found = await ensureOn({ npm: "echo it ran >&2; exit 0", go: "exit 1" }, { seesKeys: true });
    expect(found.exitCode).toBe(1);
    expect(found.stderr).toContain("not used, since what it downloads would see your keys");
    expect(found.stderr).not.toContain("it ran");
  });

  test("is built and downloaded without seeing a key", async () => {
    const env = { SENTRY_TOKEN: "k1", PULUMI_ACCESS_TOKEN: "k2", AWS_SECRET_ACCESS_KEY: "k3" };
    const told = 'env | grep -q "=k[123]$" && echo sees a key; echo no more';
    const script = `(${told}) >&2; exit 1`;
    const { stderr } = await ensureOn(
      { npm: script.replace("no more", "npm done"), go: `(${told}) >&2; exit 1` },
      { env },
    );
    expect(stderr).toContain("npm done");
    expect(stderr).not.toContain("sees a key");
  });

  test("on PATH is used as it is when it is new enough and complete", async () => {
    const found = await ensureOn({ pulumi: "echo v3.300.0", "pulumi-language-nodejs": "" });
    expect(JSON.parse(found.stdout)).toMatchObject({ version: "3.300.0", origin: "PATH" });
    expect(found.stderr).toBe("");
  });

  test("on PATH that is too old, broken or without its language host is passed over, and the error says why", async () => {
    const npm = "exit 1";
    const [old, broken, bare] = await Promise.all([
      ensureOn({ npm, go: "exit 1", pulumi: "echo v3.100.0" }),
      ensureOn({ npm, go: "exit 1", pulumi: "exit 3" }),
      ensureOn({ npm, go: "exit 1", pulumi: "echo v3.300.0" }),
    ]);
    expect(old.stderr).toMatch(/tried {2}PATH: .*pulumi is v3\.100\.0, older than v3\.254\.0/);
    expect(broken.stderr).toMatch(/tried {2}PATH: .*pulumi does not start/);
    expect(bare.stderr).toMatch(/tried {2}PATH: .*pulumi has no pulumi-language-nodejs beside it/);
  });
});
