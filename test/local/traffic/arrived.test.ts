import { expect, test } from "vitest";
import { notArrived } from "../../../src/local/traffic/arrived.ts";
import { capture, type Deed, track } from "../../../src/local/traffic/story/deed.ts";

const at = Date.parse("2026-11-24T15:00:00Z");
const arrived = (event: string, offMs: number, distinctId = "someone") => ({
  ...{ event, distinctId },
  timestamp: new Date(at + offMs).toISOString(),
});
const sent = (tenant: string, offMs: number) =>
  capture(at + offMs, tenant, "cadence.message_sent", { channel: "sms", template_id: "", contact_id: "c" });
const viewed = (offMs: number) => track(at + offMs, "ada", "landing_view", {});

test("what PostHog lacks is found, each event once, whatever order they arrived in", () => {
  const deeds: Deed[] = [viewed(0), viewed(200), viewed(9000), sent("t1", 0), sent("t2", 0), sent("t2", 60_000)];
  const there = [
    ...[arrived("landing_view", 9001), arrived("landing_view", 2)],
    ...[arrived("cadence.message_sent", 900, "t2"), arrived("cadence.message_sent", 60_400, "t2")],
  ];
  expect(notArrived(deeds, there)).toEqual([viewed(200), sent("t1", 0)]);
  expect(notArrived(deeds, [])).toEqual(deeds);
  expect(notArrived([], there)).toEqual([]);
});

test("a page that was viewed is looked for as PostHog calls it, and signing in is not looked for", () => {
  const page: Deed = { app: "browser", kind: "page", at, visitor: "ada", path: "/" };
  const signIn: Deed = { app: "browser", kind: "sign in", at, visitor: "ada", userId: "u", person: {} };
  expect(notArrived([page, signIn], [arrived("$pageview", 1)])).toEqual([]);
  expect(notArrived([page, signIn], [])).toEqual([page]);
});
