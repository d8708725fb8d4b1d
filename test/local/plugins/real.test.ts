import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { installStandInPlugins } from "../../../src/local/plugins/install.ts";
import { sdkVersion } from "../../../src/local/plugins/kit/versions.ts";
import { findRealPlugins, notedPlugins, notePlugins, PluginsNotFound } from "../../../src/local/plugins/real.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const [sentry, cloudflare] = [sdkVersion("sentry"), sdkVersion("cloudflare")];
const inHome = (home: string, name: string, version: string) =>
  join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);

function executable(file: string, text = "#!/bin/sh\necho real\n"): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

const refusedByNet = async () => "error: no network";

describe.skipIf(process.platform === "win32")("the vendors' own plugins", () => {
  test("are those of the user's Pulumi in the SDK's version, then those on PATH, then what is fetched", async () => {
    using folder = temporaryFolder("real plugins ");
    const at = (name: string) => join(folder.path, name);
    const asked: string[] = [];
    const find = (env: Record<string, string>) =>
      findRealPlugins({
        ...{ progress: () => {}, ownHome: at("own"), env: { PULUMI_HOME: at("home"), PATH: "", ...env } },
        install: async (name, home) => {
          asked.push(name);
          if (name === "cloudflare") executable(inHome(home, name, cloudflare));
          return undefined;
        },
      });
    executable(inHome(at("home"), "sentry", "0.0.1"));
    executable(join(at("bin"), "pulumi-resource-sentry"));
    expect(await find({ PATH: at("bin") })).toEqual({
      sentry: join(at("bin"), "pulumi-resource-sentry"),
      cloudflare: inHome(at("own"), "cloudflare", cloudflare),
    });
    expect(asked, "what is there is not fetched").toEqual(["cloudflare"]);
    const own = executable(inHome(at("home"), "sentry", sentry));
    expect((await find({ PATH: at("bin") })).sentry).toBe(own);
    expect(asked, "what was fetched is kept").toEqual(["cloudflare"]);
  });

  test("that cannot be had are all named, each with why, and with commands that fetch them", async () => {
    using folder = temporaryFolder("real plugins ");
    const env = { PULUMI_HOME: join(folder.path, "home"), PATH: "" };
    const find = findRealPlugins({ progress: () => {}, ownHome: folder.path, env, install: refusedByNet });
    await expect(find).rejects.toThrow(PluginsNotFound);
    const message = await find.then(String, (error: Error) => error.message);
    for (const words of [
      `sentry v${sentry}: not in ${join(env.PULUMI_HOME, "plugins")}`,
      `cloudflare v${cloudflare}: not in`,
      "error: no network",
      `    pulumi plugin install resource sentry ${sentry} --server github://api.github.com/pulumiverse`,
      `    pulumi plugin install resource cloudflare ${cloudflare}\n`,
      "start without --real-plugins",
    ])
      expect(message).toContain(words);
  });

  test("are started where the stand-ins would be, with what the engine gives them; without them the stand-ins are back", async () => {
    using folder = temporaryFolder("real plugins ");
    const real = executable(join(folder.path, "it's real", "pulumi-resource-sentry"), '#!/bin/sh\necho "real $1"\n');
    notePlugins(folder.path, { sentry: real, cloudflare: join(folder.path, "gone") });
    expect(notedPlugins(folder.path)).toEqual({ sentry: real });
    const started = inHome(folder.path, "sentry", sentry);
    installStandInPlugins(folder.path, notedPlugins(folder.path));
    expect((await execa(started, ["127.0.0.1:1"])).stdout).toBe("real 127.0.0.1:1");
    expect(readFileSync(inHome(folder.path, "cloudflare", cloudflare), "utf8")).toContain("main.ts");

    notePlugins(folder.path, undefined);
    installStandInPlugins(folder.path, notedPlugins(folder.path));
    expect(readFileSync(started, "utf8")).toContain("main.ts");
    expect(existsSync(real), "the user's own is left alone").toBe(true);
  });
});
