import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ofStack } from "../../../src/operate/preview/gather.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { Stack } from "../../../src/operate/stack/stack.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { previewJson, type World } from "../support/plans.ts";
import { small } from "../support/worlds.ts";

/** A stack whose `pulumi` prints this preview, and has no settings. */
async function previewed(world: World): Promise<string> {
  using folder = temporaryFolder("brandvx-gather-");
  const at = (name: string): string => join(folder.path, name);
  writeFileSync(at("preview.json"), previewJson(world));
  writeFileSync(at("pulumi"), `#!/bin/sh\ncase $1 in preview) cat '${at("preview.json")}' ;; *) echo '{}' ;; esac\n`);
  chmodSync(at("pulumi"), 0o755);
  const { signal } = new AbortController();
  const stack = new Stack({
    ...{ name: "production", pulumi: at("pulumi"), env: { PATH: process.env.PATH ?? "" }, configArguments: [], signal },
    project: { folder: folder.path, name: "brandvx-observability", stacks: ["production"] },
  });
  const surroundings = {
    cwd: folder.path,
    env: {},
    signal,
    colors: false,
    columns: undefined,
    command: "preview",
    progress: () => {},
    print: () => {},
  };
  const report = await ofStack(stack, { pictures: "pictures", live: true }, surroundings);
  return markdown(previewPage(report));
}

test.skipIf(process.platform === "win32")(
  "live pictures that cannot be drawn hide neither what changes nor why a preview failed",
  async () => {
    const changes = await previewed(small);
    expect(changes).toContain("*Time to first step done*: window 14 d → 7 d");
    expect(changes).toContain("Not drawn: the settings of production are not valid");

    const message = 'error: 1 thing keeps stack "production" from being previewed\n  posthog:projectId is not set';
    const failed = await previewed({ diagnostics: [{ severity: "error", message }] });
    expect(failed).toContain("posthog:projectId is not set");
    expect(failed).not.toContain("**Pictures**");
  },
);
