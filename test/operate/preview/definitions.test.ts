import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ofDefinitions } from "../../../src/operate/preview/gather.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

/** A git checkout of the definitions, on a branch that has just left the main one. */
async function branch() {
  const folder = temporaryFolder("brandvx-branch-");
  for (const path of [
    "Pulumi.yaml",
    "package.json",
    "dashboards",
    "alerts",
    "src/catalog",
    "src/insights/define",
    "src/alerts",
  ]) {
    cpSync(join(checkout, path), join(folder.path, path), { recursive: true });
  }
  symlinkSync(join(checkout, "node_modules"), join(folder.path, "node_modules"), "junction");
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=T", "-c", "user.email=t@brandvx.example", ...args], { cwd: folder.path });
  await git("init", "-q", "-b", "main");
  await git("add", "dashboards", "alerts", "src", "Pulumi.yaml", "package.json");
  await git("commit", "-qm", "before");
  await git("checkout", "-qb", "change");
  return {
    ...{ folder, git },
    edit(file: string, change: (text: string) => string) {
      const path = join(folder.path, file);
      const before = readFileSync(path, "utf8");
      writeFileSync(path, change(before));
      if (readFileSync(path, "utf8") === before) throw new Error(`the edit does not change ${file}`);
    },
    preview: () =>
      ofDefinitions(
        {},
        {
          ...{ cwd: folder.path, env: {}, signal: new AbortController().signal, colors: false },
          progress: () => {},
          print: () => {},
        },
      ),
  };
}

test("without any stack, a branch is compared with where it began: tiles, alerts, and the catalog with who looks at it", async () => {
  const at = await branch();
  using _folder = at.folder;
  at.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  at.edit("alerts/posthog.ts", (text) => text.replace("below(1)", "below(5)"));
  at.edit("src/catalog/events.ts", (text) =>
    text
      .replace(
        '  "onboarding.step_viewed": event({',
        '  "onboarding.tour_skipped": event({ source: "browser", purpose: "The tour was skipped", owner: "growth", properties: { step } }),\n  "onboarding.step_viewed": event({',
      )
      .replace("The operator confirmed a step, by Next, Finish or its own button", "The operator confirmed a step"),
  );
  await at.git("commit", "-qam", "after");
  const report = await at.preview();
  await expect(markdown(previewPage(report))).toMatchFileSnapshot("__snapshots__/a-branch-without-a-stack.md");
});

test("a branch that changes no definition changes nothing", async () => {
  const at = await branch();
  using _folder = at.folder;
  expect((await at.preview()).outcome).toBe("nothing changes");
});
