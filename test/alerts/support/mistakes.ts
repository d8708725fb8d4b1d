import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, type TestContext, test as vitestTest } from "vitest";

/** An alert of `alerts/`: insight alerts are identified by their name, Sentry's by their key. */
interface Named {
  readonly name: string;
}

/** What somebody did to an alert, and the resulting alert. */
export type Mistake<Alert extends Named> = readonly [mistake: string, wrong: Alert];

interface Run {
  /** Names of the alerts that the test evaluated. */
  readonly asked: Set<string>;
  readonly wrong: { readonly of: string; readonly alert: Named } | undefined;
}

const current = new AsyncLocalStorage<Run>();

interface AlertTest {
  readonly name: string;
  readonly body: () => Promise<void>;
  isBegun: boolean;
  /** The alerts that it evaluated; undefined until it has passed. */
  asked?: ReadonlySet<string>;
}

/** Vitest runs each file with its own modules, so these are the tests of one file. */
const tests: AlertTest[] = [];

/** Registers a test of alerts with vitest, and remembers it so that {@link mistakesAreNoticed} can run it again. */
export function test(name: string, body: () => Promise<void>): void {
  const one: AlertTest = { name, body, isBegun: false };
  tests.push(one);
  vitestTest(name, () => look(one));
}

async function look(one: AlertTest): Promise<void> {
  one.isBegun = true;
  const run: Run = { asked: new Set(), wrong: undefined };
  await current.run(run, one.body);
  one.asked = run.asked;
}

/** The alert as its file has it, or with the mistake under test. */
export function alertUnderTest<Alert extends Named>(alert: Alert): Alert {
  const run = current.getStore();
  run?.asked.add(alert.name);
  return run?.wrong?.of === alert.name ? (run.wrong.alert as Alert) : alert;
}

async function fails(body: () => Promise<void>, wrong: Run["wrong"]): Promise<boolean> {
  try {
    await current.run({ asked: new Set(), wrong }, body);
    return false;
  } catch {
    return true;
  }
}

/**
 * To be called at the end of a file. Checks that each alert has a test, and that each mistake that somebody could make
 * in it is reported by the definition's checks or fails one of its tests.
 */
export function mistakesAreNoticed<Alert extends Named>(
  alerts: readonly Alert[],
  mistakesIn: (alert: Alert) => readonly Mistake<Alert>[],
  findings: (alert: Alert) => readonly unknown[],
): void {
  const testsOf = async (name: string, { skip }: TestContext): Promise<AlertTest[]> => {
    // The other tests have not run only if vitest was started for this test alone.
    for (const one of tests) if (!one.isBegun) await look(one).catch(() => {});
    if (tests.some(({ asked }) => asked === undefined)) skip("a test of the alerts as they are fails");
    return tests.filter(({ asked }) => asked?.has(name));
  };

  describe.each(alerts.map((alert) => [alert.name, alert] as const))("a mistake in “%s” is noticed", (name, alert) => {
    vitestTest("for there is a test of it", async (context) => {
      expect(await testsOf(name, context)).not.toEqual([]);
    });

    vitestTest.for(mistakesIn(alert))("when it %s", async ([, wrong], context) => {
      if (findings(wrong).length > 0) return;
      const bodies = await testsOf(name, context);
      for (const { body } of bodies) if (await fails(body, { of: name, alert: wrong })) return;
      expect.fail("no finding says it, and no test of the alert fails");
    });
  });
}
