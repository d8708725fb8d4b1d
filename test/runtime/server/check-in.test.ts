import { withMonitor } from "@sentry/node";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { ensurePython, pythonFolder } from "../../../src/local/python.ts";
import { initServer, shutdown, withBreadcrumbs } from "../../../src/runtime/server/index.ts";
import { type SentryProject, startSentryProject } from "../../support/sentry-project.ts";

interface CheckIn {
  readonly check_in_id: string;
  readonly monitor_slug: string;
  readonly status: string;
  readonly environment: string;
  readonly release: string;
  readonly duration?: number;
}

const environment = await ensurePython();
if ("missing" in environment) console.warn(`Python's check-ins are not tested: ${environment.missing}.`);

describe("a job's check-ins reach Sentry with its slug, status and environment, and with nothing private", () => {
  test("from Node", async ({ onTestFinished }) => {
    const ends: (() => Promise<void>)[] = [];
    onTestFinished(async () => {
      for (const end of ends) await end();
    });
    const sentry = await startSentryProject((end) => ends.push(end));
    await initServer({ SENTRY_DSN: sentry.dsn, SENTRY_ENVIRONMENT: "production", SENTRY_RELEASE: "backend@1.2.3" });
    ends.unshift(async () => void (await shutdown(5_000)));
    const asJob = <Result>(run: () => Result) =>
      withBreadcrumbs({ tool: "cadence.send", tenantId: "ada@example.com", data: { to: "+1 555 123 4567" } }, run);

    await asJob(() => withMonitor("cadence-sender", async () => "sent"));
    const failing = asJob(() =>
      withMonitor("cadence-sender", async () => {
        throw new Error("no answer for ada@example.com");
      }),
    );
    await expect(failing).rejects.toThrow("no answer");
    // A name that an app makes of its customer's address.
    await withMonitor("remind-ada@example.com", async () => {});
    await expectCheckIns(sentry);
  });

  test.skipIf("missing" in environment)("from Python", { timeout: 60_000 }, async ({ onTestFinished }) => {
    const sentry = await startSentryProject(onTestFinished);
    await execa("python" in environment ? environment.python : "", ["-c", job], {
      ...{ cwd: pythonFolder, stdin: "ignore" },
      env: { SENTRY_DSN: sentry.dsn, SENTRY_ENVIRONMENT: "production", SENTRY_RELEASE: "backend@1.2.3" },
    });
    await expectCheckIns(sentry);
  });
});

const job = `
import contextlib, os
from sentry_sdk.crons import monitor
import brandvx_observability as observability

observability.initialise(os.environ)
observability.add_breadcrumb("asked ada@example.com", data={"to": "+1 555 123 4567"})
with monitor(monitor_slug="cadence-sender"):
    pass
with contextlib.suppress(ValueError), monitor(monitor_slug="cadence-sender"):
    raise ValueError("no answer for ada@example.com")
with monitor(monitor_slug="remind-ada@example.com"):
    pass
observability.shutdown(5)
`;

/** One run that succeeded, one that failed, and one of a job with a private name. */
async function expectCheckIns({ twin }: SentryProject): Promise<void> {
  const checkIns = () => twin.items("check_in").map(({ payload }) => payload as unknown as CheckIn);
  await vi.waitFor(() => expect(checkIns()).toHaveLength(6), { timeout: 5_000 });
  const senders = checkIns().filter(({ monitor_slug }) => monitor_slug === "cadence-sender");
  // The first and the last check-in of a run have one id; they may arrive in any order.
  const runs = Map.groupBy(senders, ({ check_in_id }) => check_in_id);
  const statuses = [...runs.values()].map((run) => run.map(({ status }) => status).toSorted());
  expect(statuses.toSorted()).toEqual([
    ["error", "in_progress"],
    ["in_progress", "ok"],
  ]);
  for (const checkIn of senders) {
    expect(checkIn).toMatchObject({ environment: "production", release: "backend@1.2.3" });
    if (checkIn.status !== "in_progress") expect(checkIn.duration).toBeGreaterThanOrEqual(0);
  }
  const said = JSON.stringify(twin.items("check_in"));
  for (const mark of ["ada@example.com", "555 123 4567", "no answer"]) expect(said).not.toContain(mark);
}
