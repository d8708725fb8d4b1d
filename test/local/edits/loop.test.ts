import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { insightAlerts } from "../../../alerts/index.ts";
import { dashboards } from "../../../dashboards/index.ts";
import { events } from "../../../src/catalog/events.ts";
import { type Checker, startChecker } from "../../../src/local/edits/checker.ts";
import { type Definitions, definitionsOf, type Problem, type Reading } from "../../../src/local/edits/definitions.ts";
import { followEdits, unedited } from "../../../src/local/edits/loop.ts";
import { editWords } from "../../../src/local/edits/words.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const definitions = definitionsOf({ dashboards, insightAlerts, events });
const board = "dashboards/ai-engagement.ts";

/** The files that are edited, and those that they import, in a separate folder. */
function project() {
  const folder = temporaryFolder("brandvx-edits-");
  for (const part of ["dashboards", "alerts", "src/catalog", "src/model", "src/alerts", "src/insights/define"]) {
    cpSync(join(checkout, part), join(folder.path, part), { recursive: true });
  }
  for (const file of ["tsconfig.json", "package.json"]) cpSync(join(checkout, file), join(folder.path, file));
  symlinkSync(join(checkout, "node_modules"), join(folder.path, "node_modules"), "junction");
  return {
    path: folder.path,
    dispose: () => folder[Symbol.dispose](),
    edit(file: string, change: (text: string) => string) {
      const path = join(folder.path, file);
      const before = readFileSync(path, "utf8");
      const after = change(before);
      expect(after, `the edit changes ${file}`).not.toBe(before);
      writeFileSync(path, after);
      const undo = () => writeFileSync(path, before);
      onTestFinished(undo);
      return undo;
    },
  };
}

const lineOf = (folder: string, file: string, text: string): number =>
  readFileSync(join(folder, file), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text)) + 1;

const checked = async (checker: Checker): Promise<Reading> => {
  const { read, compiled } = checker.check();
  const [reading, mistakes] = await Promise.all([read, compiled]);
  return mistakes.length > 0 ? { definitions: null, problems: [...mistakes] } : reading;
};

describe("the files are checked", () => {
  let at: ReturnType<typeof project>;
  let checker: Checker;
  beforeAll(() => {
    at = project();
    checker = startChecker(at.path);
  });
  afterAll(() => {
    checker.stop();
    at.dispose();
  });

  test("anew each time: what was saved is what is read", async () => {
    expect(await checked(checker)).toEqual({ definitions, problems: [] });
    const undo = at.edit(board, (text) => text.replace('title: "Error share"', 'title: "Share of errors"'));
    const { definitions: now } = await checked(checker);
    expect(editWords(definitions, now ?? definitions)).toEqual([
      "AI engagement: “Error share” is titled Share of errors",
    ]);
    undo();
    expect(await checked(checker)).toEqual({ definitions, problems: [] });
  }, 120_000);

  test("a name that is not in the catalog is the compiler's, in the tile where it stands, with its line", async () => {
    at.edit(board, (text) => text.replace('count("ask.response_error", { label', 'count("ask.response_eror", { label'));
    const { problems } = await checked(checker);
    expect(problems[0]).toMatchObject({
      ...{ file: board, line: lineOf(at.path, board, "ask.response_eror") },
      message: expect.stringContaining("ask.response_eror"),
      tileKey: "answers-and-errors",
    });
  }, 120_000);

  test("what does not parse is told with its line, and nothing that follows from it", async () => {
    at.edit(board, (text) => text.replace("lastDays: 7,", "lastDays: 7 7,"));
    const { problems } = await checked(checker);
    expect(problems.every(({ file, line }) => file === board && line === lineOf(at.path, board, "7 7"))).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
  }, 120_000);

  test("what only the definitions' check finds names the tile, too", async () => {
    at.edit(board, (text) => text.replace('title: "Error share"', 'title: ""'));
    const { problems } = await checked(checker);
    expect(problems).toContainEqual({
      ...{ file: board, line: lineOf(at.path, board, '"error-share":'), tileKey: "error-share" },
      message: "its title is empty. Say what is shown.",
    });
  }, 120_000);

  test("a file that throws when it is loaded is named, with its line", async () => {
    at.edit(
      board,
      (text) =>
        `${text}\nif (dashboardsAre()) throw new Error("not like this");\nfunction dashboardsAre(): boolean { return true; }\n`,
    );
    const { definitions: now, problems } = await checked(checker);
    expect(now).toBeNull();
    expect(problems).toEqual([
      { file: board, line: lineOf(at.path, board, "not like this"), message: "not like this", tileKey: null },
    ]);
  }, 120_000);
});

describe("a save", () => {
  const renamed = (title: string): Definitions => ({
    ...definitions,
    dashboards: definitions.dashboards.map((one, index) => (index === 0 ? { ...one, title } : one)),
  });
  const fine = (title: string): Reading => ({ definitions: renamed(title), problems: [] });
  const broken: Problem = { file: board, line: 3, message: "it does not compile", tileKey: "latency" };

  /** A loop over a separate folder; the test decides when its checks and runs end. */
  function following() {
    const folder = temporaryFolder("brandvx-follow-");
    cpSync(join(checkout, "dashboards"), join(folder.path, "dashboards"), { recursive: true });
    const checks: ((reading: Reading) => void)[] = [];
    const compiling: ((mistakes: readonly Problem[]) => void)[] = [];
    const runs: ((result: { succeeded: boolean; output: string }) => void)[] = [];
    const said: string[] = [];
    let shown = 0;
    const loop = followEdits({
      ...{ folder: folder.path, atStart: unedited(definitions), progress: (line: string) => said.push(line) },
      changed: () => {
        shown += 1;
      },
      apply: () => new Promise((resolve) => runs.push(resolve)),
      checker: {
        check: () => ({
          read: new Promise((resolve) => checks.push(resolve)),
          compiled: new Promise((resolve) => compiling.push(resolve)),
        }),
        stop() {},
      },
    });
    onTestFinished(async () => {
      for (const end of checks.splice(0)) end({ definitions: null, problems: [broken] });
      for (const end of compiling.splice(0)) end([]);
      for (const end of runs.splice(0)) end({ succeeded: true, output: "" });
      await loop.stop();
      folder[Symbol.dispose]();
    });
    const next = async <One>(list: One[]): Promise<One> => {
      await expect.poll(() => list.length, { timeout: 10_000 }).toBeGreaterThan(0);
      return list.shift() as One;
    };
    return {
      ...{ loop, said, checks, runs },
      shown: () => shown,
      save: (text: string) => writeFileSync(join(folder.path, "dashboards", "index.ts"), text),
      remove: () => rmSync(join(folder.path, "dashboards", "ai-engagement.ts")),
      read: async (reading: Reading) => (await next(checks))(reading),
      compiled: async (mistakes: readonly Problem[]) => (await next(compiling))(mistakes),
      checked: async (reading: Reading) => {
        (await next(checks))(reading);
        (await next(compiling))([]);
      },
      applied: async (succeeded: boolean, output = "") => (await next(runs))({ succeeded, output }),
    };
  }
  const state = ({ loop }: ReturnType<typeof following>) => loop.edits.newest.state;

  test("is checked, told in words, shown while it is applied, and then applied", async () => {
    const at = following();
    at.save("// one");
    await at.checked(fine("Onboarding"));
    await expect.poll(() => state(at)).toBe("applying");
    expect(at.loop.edits).toMatchObject({
      definitions: { dashboards: [{ title: "Onboarding" }, {}, {}] },
      applied: definitions,
      newest: { words: ["Activation funnel: is titled “Onboarding”"] },
    });
    expect(at.said).toContain("  Activation funnel: is titled “Onboarding”");
    await at.applied(true);
    await expect.poll(() => state(at)).toBe("applied");
    expect(at.loop.edits.applied).toEqual(renamed("Onboarding"));
  });

  test("is shown before the compiler is done, and taken back where that finds a mistake; nothing is applied before", async () => {
    const at = following();
    at.save("// one");
    await at.read(fine("Onboarding"));
    await expect.poll(() => at.loop.edits.definitions.dashboards[0]?.title).toBe("Onboarding");
    expect(at.runs).toEqual([]);
    await at.compiled([broken]);
    await expect.poll(() => state(at)).toBe("broken");
    expect(at.loop.edits.definitions).toEqual(definitions);
    expect(at.runs).toEqual([]);
  });

  test("that cannot be used leaves what was there, says where, and is forgotten when it is mended", async () => {
    const at = following();
    at.save("// broken");
    await at.checked({ definitions: null, problems: [broken] });
    await expect.poll(() => state(at)).toBe("broken");
    expect(at.loop.edits).toMatchObject({ definitions, newest: { problems: [broken] } });
    expect(at.said).toContain("  dashboards/ai-engagement.ts:3: it does not compile");
    expect(at.runs).toEqual([]);
    at.save("// mended");
    await at.checked(fine("Mended"));
    await at.applied(true);
    await expect.poll(() => state(at)).toBe("applied");
  });

  test("that `pulumi up` refuses is shown as the file says, and said not to be applied", async () => {
    const at = following();
    at.save("// one");
    await at.checked(fine("Onboarding"));
    await at.applied(false, "error: the vendor is down");
    await expect.poll(() => state(at)).toBe("failed");
    expect(at.loop.edits).toMatchObject({ definitions: renamed("Onboarding"), applied: definitions });
    expect(at.said.join("\n")).toContain("error: the vendor is down");
  });

  test("during a run waits for its end: two of them are taken by one run", async () => {
    const at = following();
    at.save("// one");
    await at.checked(fine("One"));
    await expect.poll(() => at.runs.length).toBe(1);
    at.save("// two");
    at.remove();
    // Both are noticed while the first run is under way.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(at.checks).toEqual([]);
    await at.applied(true);
    await at.checked(fine("Two"));
    await at.applied(true);
    await expect.poll(() => state(at)).toBe("applied");
    expect(at.loop.edits.definitions.dashboards[0]?.title).toBe("Two");
    expect(at.said.filter((line) => line.startsWith("Saved:"))).toEqual([
      "Saved: dashboards/index.ts",
      "Saved: dashboards/ai-engagement.ts, dashboards/index.ts",
    ]);
  });

  test("that changes nothing is none", async () => {
    const at = following();
    at.save("// one");
    await at.checked(fine("One"));
    await at.applied(true);
    await expect.poll(() => state(at)).toBe("applied");
    const before = at.shown();
    at.save("// one");
    at.save("// two");
    await at.checked(fine("One"));
    expect(at.checks, "one save").toEqual([]);
    expect(at.shown()).toBeGreaterThanOrEqual(before);
  });
});

describe("what an edit changes is told", () => {
  test.each<[string, (now: Definitions) => Definitions, string[]]>([
    [
      "a dashboard that goes",
      (now) => ({ ...now, dashboards: now.dashboards.slice(1) }),
      ["Activation funnel: the dashboard goes, with its tiles"],
    ],
    [
      "an alert that tells somebody else",
      (now) => ({ ...now, alerts: now.alerts.map((one, at) => (at === 0 ? { ...one, notify: ["ai"] } : one)) }),
      ['the alert “Cadence messages fail” changes: notify ["messaging","platform"] → ["ai"]'],
    ],
    [
      "an event",
      (now) => ({
        ...now,
        events: { ...now.events, new_event: { purpose: "Something new", source: "server", properties: [] } },
      }),
      ["a new event, new_event: Something new"],
    ],
    ["nothing", (now) => now, []],
  ])("%s", (_, change, words) => {
    expect(editWords(definitions, change(definitions))).toEqual(words);
  });
});
