import { expect, test } from "vitest";
import { ofDefinitions } from "../../../src/operate/preview/gather.ts";
import { previewPage } from "../../../src/operate/preview/page.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { branch } from "../support/branch.ts";

const preview = ({ folder }: Awaited<ReturnType<typeof branch>>) =>
  ofDefinitions(
    {},
    {
      ...{
        cwd: folder.path,
        env: {},
        signal: new AbortController().signal,
        colors: false,
        columns: undefined,
        command: "preview",
      },
      progress: () => {},
      print: () => {},
    },
  );

test("without any stack, a branch is compared with where it began: tiles, alerts, and the catalog with who looks at it", async () => {
  const at = await branch();
  using _folder = at.folder;
  at.edit("dashboards/activation-funnel.ts", (text) =>
    text.replace(/("time-to-finish": timeToConvert\(\{[\s\S]*?windowDays: )14/, "$17"),
  );
  at.edit("alerts/posthog.ts", (text) => text.replace("below(1)", "below(5)"));
  at.edit("src/catalog/flags.ts", (text) => text.replace("rolloutPercent: 10 ", "rolloutPercent: 50 "));
  at.edit("src/catalog/events.ts", (text) =>
    text
      .replace(
        '  "onboarding.step_viewed": event({',
        '  "onboarding.made_up_here": event({ source: "browser", purpose: "The tour was skipped", owner: "growth", properties: { step } }),\n  "onboarding.step_viewed": event({',
      )
      .replace("The operator confirmed a step, by Next, Finish or its own button", "The operator confirmed a step"),
  );
  await at.git("commit", "-qam", "after");
  const report = await preview(at);
  await expect(markdown(previewPage(report))).toMatchFileSnapshot("__snapshots__/a-branch-without-a-stack.md");
});

test("a branch that changes no definition changes nothing", async () => {
  const at = await branch();
  using _folder = at.folder;
  expect((await preview(at)).outcome).toBe("nothing changes");
});
