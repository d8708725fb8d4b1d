import { expect, test, vi } from "vitest";
import { type DriftRun, type DriftWork, driftRunner } from "../../../../src/local/console/resources/drift.ts";

const never: DriftWork = () => new Promise(() => {});

function runner(work: { check?: DriftWork; heal?: DriftWork }) {
  const runs: DriftRun[] = [];
  return {
    runs,
    ...{ drift: driftRunner({ work: { check: never, heal: never, ...work }, changed: (run) => runs.push(run) }) },
  };
}

test("what a command prints is shown as it comes, without the terminal's colours, and how it ended", async () => {
  const { drift, runs } = runner({
    async check(print) {
      print("\u001b[2mLooking …\u001b[22m\n");
      print("1 thing was changed by hand\n");
      return 7;
    },
  });
  expect(drift.run).toEqual({ state: "never" });
  drift.start("check");
  await vi.waitFor(() => expect(drift.run.state).toBe("done"));
  expect(runs.map(({ state }) => state)).toEqual(["running", "running", "running", "done"]);
  expect(drift.run).toEqual({
    ...{ state: "done", command: "check", exitCode: 7 },
    output: "Looking …\n1 thing was changed by hand\n",
  });
});

test("a second press while one runs starts nothing", () => {
  const check = vi.fn(never);
  const heal = vi.fn(never);
  const { drift } = runner({ check, heal });
  drift.start("check");
  drift.start("check");
  drift.start("heal");
  expect(check).toHaveBeenCalledTimes(1);
  expect(heal).not.toHaveBeenCalled();
});

test("a command that cannot be run says why, and another one can be started after it", async () => {
  const { drift } = runner({
    check: async () => 0,
    async heal(print) {
      print("Updating …");
      throw new Error("pulumi is not there");
    },
  });
  drift.start("heal");
  await vi.waitFor(() => expect(drift.run.state).toBe("done"));
  expect(drift.run).toMatchObject({ output: "Updating …\npulumi is not there", exitCode: 1 });
  drift.start("check");
  await vi.waitFor(() => expect(drift.run).toMatchObject({ state: "done", command: "check", exitCode: 0 }));
});

test("when the console stops it tells what runs, and waits until that has ended", async () => {
  let ended = false;
  const { drift } = runner({
    check: (_, signal) =>
      new Promise((resolve) =>
        signal.addEventListener("abort", () =>
          setImmediate(() => {
            ended = true;
            resolve(130);
          }),
        ),
      ),
  });
  drift.start("check");
  await drift.stop();
  expect(ended).toBe(true);
});
