import { expect, test } from "vitest";
import { notArrived } from "../../../src/local/traffic/arrived.ts";
import { capture, type Deed, track } from "../../../src/local/traffic/story/deed.ts";

const at = Date.UTC(2026, 10, 20, 15);
const tenant = "9a1c5b7e-8a52-4c1e-9d60-1f2e3d4c5b6a";
const opened = (visitor: string, later = 0) => track(at + later, visitor, "onboarding.stepper_open", {});
const signIn = (visitor: string, later = 0): Deed => ({
  ...{ app: "browser", kind: "sign in", at: at + later, visitor, userId: tenant, person: {} },
});
const queued = capture(at, tenant, "cadence.message_queued", { channel: "sms", template_id: "", contact_id: "ct_1" });
const event = (name: string, later: number, distinctId = "x") => ({
  ...{ event: name, distinctId, timestamp: new Date(at + 3_600_000).toISOString() },
  senderTimestamp: new Date(at + later).toISOString(),
});
const stepper = (later: number) => event("onboarding.stepper_open", later);

test("each event stands for one deed, the nearest one, however late PostHog took it in", () => {
  const deeds = [opened("ada"), opened("ben", 1000), opened("cem", 1500)];
  expect(notArrived(deeds, [stepper(1010), stepper(1505)])).toEqual([deeds[0]]);
  expect(notArrived(deeds, [stepper(3), stepper(1005)])).toEqual([deeds[2]]);
  expect(notArrived(deeds, [stepper(3), stepper(1005), stepper(1501)])).toEqual([]);
  expect(notArrived(deeds, [])).toEqual(deeds);
});

test("who does something that is missing signs in before, and nobody else", () => {
  const deeds = [signIn("ada"), opened("ada", 100), signIn("ben", 60_000), opened("ben", 60_100)];
  expect(notArrived(deeds, [stepper(105)])).toEqual(deeds.slice(2));
});

test("a backend's event is its tenant's, and comes when it hears of it", () => {
  expect(notArrived([queued], [event("cadence.message_queued", 9000, tenant)])).toEqual([]);
  expect(notArrived([queued], [event("cadence.message_queued", 0, "another")])).toEqual([queued]);
  expect(notArrived([queued], [event("cadence.message_sent", 0, tenant)])).toEqual([queued]);
});

test("an event of before the sender's clock was stored counts by PostHog's", () => {
  const { senderTimestamp: _, ...old } = event("onboarding.stepper_open", 0);
  expect(notArrived([opened("ada", 3_600_010)], [old])).toEqual([]);
});
