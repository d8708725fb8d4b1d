import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { booleanFlag } from "../../../src/catalog/flag.ts";
import { compareFlags, type FlagCodeFindings } from "../../../src/operate/catalog/compare.ts";
import { catalogReportPage } from "../../../src/operate/catalog/report-page.ts";
import { appCalls } from "../../../src/operate/catalog/scan.ts";
import { markdown } from "../../../src/operate/text/markdown.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const operatorUi = `import { flag, setFeatureFlag } from "@brandvx/observability/browser";
import { useFeatureFlagEnabled } from "posthog-js/react";
import { flag as flagOf } from "./analytics";
import { flag as countryFlag } from "./countries";
import * as observability from "@brandvx/observability/browser";

// flag("in-a-comment")
const text = 'flag("in-a-text")';

export function Ask({ experiment, country }: { experiment: string; country: string }) {
  const isStreaming = flag("ask-streaming") === true;
  const length = flagOf("onboarding-lenght");
  const old = useFeatureFlagEnabled("new-inbox");
  observability.flag(experiment ? "ask-streaming" : "ask-voice");
  posthog.getFeatureFlag(\`ask-\${experiment}\`);
  setFeatureFlag("onboarding-length", "short");
  return <img alt={countryFlag("US")} src={sprite.flag("DE")} title={text} />;
}
`;

/** A text, because a file with these imports would be compiled with the tests. */
async function browserCalls() {
  const folder = temporaryFolder("brandvx-flags-");
  onTestFinished(() => folder[Symbol.dispose]());
  writeFileSync(join(folder.path, "flags.tsx"), operatorUi);
  return appCalls(folder.path);
}
const serverCalls = () => appCalls(fileURLToPath(new URL("fixtures/backend", import.meta.url)));
const seen = ({ flags: calls }: Awaited<ReturnType<typeof appCalls>>): string[] =>
  calls.map(({ line, use, flag }) => `${line} ${use} ${flag ?? "?"}`);

const flag = (owner: "ai" | "growth") =>
  booleanFlag({ owner, meaning: "Something", whenAway: false, expires: "2027-01-01", rules: [{ rolloutPercent: 50 }] });
const flags = { "ask-streaming": flag("ai"), "onboarding-length": flag("growth"), "nobody-asks": flag("growth") };

test("calls in TypeScript that name a flag are found, by where `flag` comes from", async () => {
  expect(seen(await browserCalls())).toEqual([
    "11 asks ask-streaming",
    "12 asks onboarding-lenght",
    "13 asks new-inbox",
    "14 asks ask-streaming",
    "14 asks ask-voice",
    "15 asks ?",
    "16 sets onboarding-length",
  ]);
});

test("calls in Python are found, too", async () => {
  expect(seen(await serverCalls())).toEqual([
    "11 asks ask-streaming",
    "13 asks ask-straeming",
    "14 asks new-inbox",
    "15 asks onboarding-length",
    "15 asks ask-streaming",
    "16 asks ask-streaming",
    "17 asks ask-voice",
    "18 asks ?",
    "19 sets onboarding-length",
  ]);
});

describe("what the code names is compared with the catalog", () => {
  test("unknown flags with file, line and what was meant; flags that no code asks for; keys that are no literals", async () => {
    const [browser, server] = await Promise.all([browserCalls(), serverCalls()]);
    expect(compareFlags(flags, { browser, server })).toEqual({
      unknown: [
        { flag: "onboarding-lenght", where: "flags.tsx:12", meant: "onboarding-length" },
        { flag: "new-inbox", where: "flags.tsx:13", meant: undefined },
        { flag: "ask-voice", where: "flags.tsx:14", meant: undefined },
        { flag: "ask-straeming", where: "flags.py:13", meant: "ask-streaming" },
        { flag: "new-inbox", where: "flags.py:14", meant: undefined },
        { flag: "ask-voice", where: "flags.py:17", meant: undefined },
      ],
      unasked: [{ flag: "nobody-asks", owner: "growth" }],
      unseen: ["flags.tsx:15", "flags.py:18"],
      apps: ["browser", "server"],
    } satisfies FlagCodeFindings);
  });

  test("an override does not ask for a flag", async () => {
    const { unasked, apps } = compareFlags(flags, { browser: await browserCalls() });
    expect(unasked.map((one) => one.flag)).toEqual(["onboarding-length", "nobody-asks"]);
    expect(apps).toEqual(["browser"]);
  });

  test("a flag that is deleted while code asks for it is unknown", async () => {
    const { "ask-streaming": _, ...left } = flags;
    const { unknown } = compareFlags(left, { server: await serverCalls() });
    expect(unknown.filter((one) => one.flag === "ask-streaming").map(({ where }) => where)).toEqual([
      "flags.py:11",
      "flags.py:15",
      "flags.py:16",
    ]);
  });
});

describe("the page", () => {
  const page = (found: FlagCodeFindings | undefined): string =>
    markdown(
      catalogReportPage({
        ...{ page: "current", revision: { number: 1, digest: "0".repeat(16), file: "current" }, events: 1 },
        ...{ unlooked: [], code: undefined, apps: undefined },
        flags: { expired: [], same: [], ...(found && { code: found }) },
      }),
    );
  const found: FlagCodeFindings = {
    unknown: [
      { flag: "ask-straeming", where: "flags.py:13", meant: "ask-streaming" },
      { flag: "new-inbox", where: "flags.py:14", meant: undefined },
    ],
    unasked: [{ flag: "nobody-asks", owner: "growth" }],
    unseen: ["flags.py:18"],
    apps: ["server"],
  };

  test("says where, what was meant, and how far it looked", () => {
    expect(page(found)).toContain(`**Feature flags that code asks for, and the catalog lacks**
>
> - \`ask-straeming\` in \`flags.py:13\`
>   - did you mean \`ask-streaming\`? If it was deleted, take it out of the code
> - \`new-inbox\` in \`flags.py:14\`
>   - take it out of the code, or put it into \`src/catalog/flags.ts\``);
    expect(page(found)).toContain(
      "**Feature flags that no code asks for in the server code, the only one looked at, as far as its keys are literals**\n\n- `nobody-asks` (growth)",
    );
    expect(page(found)).toContain("not looked at**\n\n- `flags.py:18`");
  });

  test("says no more than was looked at", () => {
    const all: FlagCodeFindings = { ...found, unknown: [], unseen: [], apps: ["browser", "server"] };
    expect(page(all)).toContain("**Feature flags that no code asks for**\n");
    expect(page(all)).not.toContain("catalog lacks");
    expect(page(undefined)).not.toContain("Feature flags");
  });
});
