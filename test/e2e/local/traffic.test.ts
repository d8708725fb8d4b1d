import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import type { AppThread } from "../../../src/local/traffic/app-thread.ts";
import { startApps } from "../../../src/local/traffic/apps.ts";
import { notArrived } from "../../../src/local/traffic/arrived.ts";
import { createTraffic, type Deed } from "../../../src/local/traffic/index.ts";
import { beginningOfStory, dayMs } from "../../../src/local/traffic/story/calendar.ts";
import { capture, track } from "../../../src/local/traffic/story/deed.ts";
import { story } from "../../../src/local/traffic/story/story.ts";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const { exec } = DatabaseSync.prototype;

/** Follows an event from an app's helper, as it is packaged, to PostHog. */

async function project(): Promise<PosthogTwin> {
  const twin = await startPosthogTwin();
  onTestFinished(() => twin.stop());
  return twin;
}

const variablesFor = ({ url, projectKey }: PosthogTwin) => ({
  browser: { VITE_POSTHOG_KEY: projectKey, VITE_POSTHOG_HOST: url },
  server: { POSTHOG_API_KEY: projectKey, POSTHOG_HOST: url },
});

async function apps(twin: PosthogTwin): Promise<AppThread> {
  return startApps(variablesFor(twin), () => {});
}

const lastWeek = Date.now() - 7 * 24 * 3_600_000;
const userId = "3f1c5b7e-8a52-4c1e-9d60-1f2e3d4c5b6a";
const tenant = "9a1c5b7e-8a52-4c1e-9d60-1f2e3d4c5b6a";

test("what an app tells arrives with the time at which it happened, and without what must not leave", async () => {
  const twin = await project();
  const running = await apps(twin);
  const error = "jane@salon.example cannot be reached at +1 (415) 555-0137";
  await running.play([
    track(lastWeek, "ada", "landing_view", { scene: "Landing" }),
    { app: "browser", kind: "sign in", at: lastWeek + 1000, visitor: "ada", userId, person: { plan: "studio" } },
    track(lastWeek + 2000, "ada", "ask.response_error", { onboard: true, error }),
    capture(lastWeek + 3000, tenant, "cadence.message_failed", {
      ...{ channel: "sms", template_id: "", contact_id: "ct_1" },
      error,
    }),
  ]);
  await running.end();

  const arrived = Object.fromEntries(twin.events().map((event) => [event.event, event]));
  expect(Object.keys(arrived).sort()).toEqual([
    ...["$identify", "ask.response_error", "cadence.message_failed", "landing_view"],
  ]);
  for (const [event, offset] of [
    ["landing_view", 0],
    ["ask.response_error", 2000],
    ["cadence.message_failed", 3000],
  ] as const) {
    expect(Math.abs(Date.parse(arrived[event]?.timestamp ?? "") - lastWeek - offset)).toBeLessThan(1000);
  }
  expect(arrived["ask.response_error"]?.properties.error).toBe("[email] cannot be reached at [phone]");
  expect(arrived["cadence.message_failed"]).toMatchObject({ distinctId: tenant, properties: { $lib: "posthog-node" } });
  expect(arrived["ask.response_error"]).toMatchObject({ distinctId: userId, properties: { $lib: "web" } });
  expect(arrived.landing_view?.personId).toBe(arrived["ask.response_error"]?.personId);
});

test("visitors are people of their own, however they come and go", async () => {
  const twin = await project();
  const running = await apps(twin);
  const visit = (visitor: string, id: string, at: number): Deed[] => [
    { app: "browser", kind: "sign in", at, visitor, userId: id, person: {} },
    track(at + 10, visitor, "onboarding.stepper_open", {}),
  ];
  const ben = userId.replace("3f", "4f");
  await running.play([...visit("ada", userId, lastWeek), ...visit("ben", ben, lastWeek + 60_000)]);
  await running.play(visit("ada", userId, lastWeek + 120_000));
  await running.end();
  const opened = twin.events().filter(({ event }) => event === "onboarding.stepper_open");
  expect(opened.map(({ distinctId }) => distinctId)).toEqual([userId, ben, userId]);
  expect(new Set(opened.map(({ personId }) => personId)).size).toBe(2);
});

test("an app without a key measures nothing, and runs", async () => {
  const twin = await project();
  const running = await startApps({ browser: {}, server: {} }, () => {});
  await running.play([track(lastWeek, "ada", "landing_view", {})]);
  expect(await running.health(), "/health answers all the same").toMatchObject({
    redis: "disabled",
    posthog: "disabled",
  });
  await running.end();
  expect(twin.events()).toEqual([]);
});

test("what a full disk could not store is told by the next start: nothing is missing, and nothing is doubled", async () => {
  using temporary = temporaryFolder("brandvx-full-disk-");
  const folder = temporary.path;
  const opened: DatabaseSync[] = [];
  const spy = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (this: DatabaseSync, sql) {
    if (!opened.includes(this)) opened.push(this);
    return exec.call(this, sql);
  });
  const twin = await startPosthogTwin({ file: join(folder, "posthog.sqlite") });
  spy.mockRestore();
  onTestFinished(() => twin.stop());
  const [store] = opened;
  const pages = Number(Object.values(store?.prepare("pragma page_count").get() ?? {})[0]);
  /** SQLite then fails as on a full disk: with SQLITE_FULL. */
  const leave = (free: number) => store?.exec(`pragma max_page_count = ${pages + free}`);
  const notices: string[] = [];
  const traffic = (posthog: PosthogTwin) =>
    createTraffic({
      ...{ folder, isNew: false, posthog, progress: () => {}, onDeeds: () => {} },
      notice: (line) => notices.push(line),
    });
  const note = join(folder, "traffic.json");
  const noted = () => JSON.parse(readFileSync(note, "utf8"));
  const [beginning, toldUpTo] = [beginningOfStory(Date.now()), Date.now() - 3 * dayMs];
  writeFileSync(note, JSON.stringify({ beginning, toldUpTo }));
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => complaints.mockRestore());

  leave(200);
  await traffic(twin).tellHistory(variablesFor(twin));
  expect(noted(), "the mark has not moved").toEqual({ beginning, toldUpTo });
  expect(twin.unstored()).toBeGreaterThan(100);
  expect(notices.join("\n")).toMatch(/could not store \d+ events: .* the next npm start, which tells them again/);
  const some = twin.events().length;
  expect(some).toBeGreaterThan(50);

  await twin.stop();
  const again = await startPosthogTwin({ file: join(folder, "posthog.sqlite") });
  onTestFinished(() => again.stop());
  await traffic(again).tellHistory(variablesFor(again));
  const upTo: number = noted().toldUpTo;
  expect(upTo).toBeGreaterThan(toldUpTo);
  const all = story({ beginning, after: toldUpTo, upTo });
  expect(notArrived(all, again.events())).toEqual([]);
  const told = again.events().filter(({ event }) => event !== "$identify");
  expect(told.length).toBeGreaterThan(some);
  expect(told).toHaveLength(all.filter((deed) => deed.app === "backend" || deed.kind !== "sign in").length);
}, 120_000);

test("history is told once, goes on where it stopped, and things can be made to happen", async () => {
  using temporary = temporaryFolder("brandvx-traffic-");
  const folder = temporary.path;
  const twin = await project();
  const said: Deed[] = [];
  const traffic = (isNew: boolean) =>
    createTraffic({
      ...{ folder, isNew, posthog: twin, progress: () => {}, notice: () => {} },
      onDeeds: (deeds) => void said.push(...deeds),
    });
  await traffic(true).tellHistory(variablesFor(twin));
  const first = twin.events();
  expect(first.length).toBeGreaterThan(5000);
  const note = JSON.parse(readFileSync(join(folder, "traffic.json"), "utf8"));

  const again = traffic(false);
  await using _ = { [Symbol.asyncDispose]: () => again.stop() };
  await again.tellHistory(variablesFor(twin));
  const since = twin.events(first.at(-1)?.id ?? 0);
  expect(since.every(({ timestamp }) => Date.parse(timestamp) > note.toldUpTo - 5000)).toBe(true);
  expect(since.length).toBeLessThan(50);

  said.length = 0;
  await again.goLive(variablesFor(twin));
  again.happen("burst of prompts");
  await vi.waitFor(
    () => expect(said.filter((deed) => "event" in deed && deed.event === "ask.prompt_submitted")).not.toEqual([]),
    { timeout: 15_000 },
  );
  await vi.waitFor(
    () => {
      const news = twin.events(first.at(-1)?.id ?? 0).filter(({ event }) => event === "ask.prompt_submitted");
      expect(news.length).toBeGreaterThan(0);
    },
    { timeout: 15_000 },
  );
});
