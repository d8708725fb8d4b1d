import { expect, test } from "vitest";
import { mostShown, openStream } from "../../../../src/local/console/events/stream.ts";
import { capture, type Deed, track } from "../../../../src/local/traffic/story/deed.ts";
import type { CapturedEvent } from "../../../../src/local/twins/posthog/index.ts";

const at = Date.parse("2026-11-24T15:00:00Z");

let ids = 0;
const arrived = (
  event: string,
  properties: Record<string, unknown>,
  given: Partial<CapturedEvent> = {},
): CapturedEvent =>
  ({
    ...{ id: ++ids, uuid: `u${ids}`, event, distinctId: "8f2a", personId: "p", personProperties: {}, receivedAt: "" },
    ...{ timestamp: new Date(at).toISOString(), properties: { $lib: "web", ...properties }, ...given },
  }) as CapturedEvent;

function streaming(said: Deed[], events: CapturedEvent[]) {
  const stream = openStream((after) => events.filter(({ id }) => id > after));
  stream.said(said);
  stream.look();
  return stream;
}

test("what the redactor took out stands beside what is left", () => {
  const error = "jane@salon.example cannot be reached at +1 (415) 555-0137";
  const said = track(at, "ada", "ask.response_error", { onboard: true, error });
  const [event] = streaming(
    [said],
    [
      arrived("ask.response_error", {
        onboard: true,
        error: "[email] cannot be reached at [phone]",
        $current_url: "https://x",
      }),
    ],
  ).recent();
  expect(event).toMatchObject({ app: "operator-ui", isInCatalog: true });
  expect(event?.properties).toMatchObject({ onboard: "true", error: "[email] cannot be reached at [phone]" });
  expect(event?.redactions).toEqual([
    { property: "error", what: "changed", before: error, after: "[email] cannot be reached at [phone]" },
  ]);
});

test("a person's e-mail that never left is told as dropped", () => {
  const signIn: Deed = {
    app: "browser",
    kind: "sign in",
    at,
    visitor: "ada",
    userId: "8f2a",
    person: { plan: "studio", email: "ada@glow.example" },
  };
  const [event] = streaming([signIn], [arrived("$identify", { $set: { plan: "studio" } })]).recent();
  expect(event?.redactions).toEqual([
    { property: "email", what: "dropped", before: "ada@glow.example", after: undefined },
  ]);
});

test("an event that came from elsewhere is shown without a word about the redactor, and one that is in no catalog says so", () => {
  const [unknown, known] = streaming(
    [],
    [
      arrived("cadence.message_sent", { channel: "sms", $lib: "posthog-node" }),
      arrived("my_test", { a: 1 }, { properties: { a: 1 } as CapturedEvent["properties"] }),
    ],
  ).recent();
  expect(known).toMatchObject({ event: "cadence.message_sent", app: "backend", redactions: undefined });
  expect(unknown).toMatchObject({ event: "my_test", app: "another client", isInCatalog: false });
});

test("two of the same kind at almost the same time are told apart by what they hold", () => {
  const sent = (contact_id: string) =>
    capture(at, "t1", "cadence.message_sent", { channel: "sms", template_id: "", contact_id });
  const events = ["ct_b", "ct_a"].map((contact_id) =>
    arrived("cadence.message_sent", { channel: "sms", template_id: "", contact_id }),
  );
  const recent = streaming([sent("ct_a"), sent("ct_b")], events).recent();
  expect(recent.map(({ redactions }) => redactions)).toEqual([[], []]);
});

test("of a long past a page's worth is kept, the newest first, and only news are given out", () => {
  const events = Array.from({ length: mostShown + 50 }, () => arrived("landing_view", {}));
  const stream = streaming([], events);
  expect(stream.recent().length).toBe(mostShown);
  expect(stream.recent()[0]?.id).toBe(events.at(-1)?.id);
  events.push(arrived("landing_view", {}));
  expect(stream.look().map(({ id }) => id)).toEqual([events.at(-1)?.id]);
  expect(stream.look()).toEqual([]);
});
