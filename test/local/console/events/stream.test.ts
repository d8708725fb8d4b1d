import { expect, test } from "vitest";
import { events as catalogOfBrandvx } from "../../../../src/catalog/events.ts";
import { mostShown, openStream } from "../../../../src/local/console/events/stream.ts";
import { definitionsOf } from "../../../../src/local/edits/definitions.ts";
import { capture, type Deed, track } from "../../../../src/local/traffic/story/deed.ts";
import type { CapturedEvent } from "../../../../src/local/twins/posthog/index.ts";

const at = Date.parse("2026-11-24T15:00:00Z");

const catalog = definitionsOf({ dashboards: [], insightAlerts: [], events: catalogOfBrandvx }).events;

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
  const stream = openStream(
    (after) => events.filter(({ id }) => id > after),
    () => catalog,
  );
  stream.recordDeeds(said);
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
    arrived("cadence.message_sent", { channel: "sms", template_id: "", contact_id }, { distinctId: "t1" }),
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

test("what happened last stands first, whenever it arrived", () => {
  const event = (secondsAgo: number) =>
    arrived(
      "landing_view",
      { scene: String(secondsAgo) },
      { timestamp: new Date(at - secondsAgo * 1000).toISOString() },
    );
  const events = [event(5), event(60), event(1), event(30)];
  const stream = streaming([], events);
  events.push(event(10), event(0));
  stream.look();
  expect(stream.recent().map(({ properties }) => properties.scene)).toEqual(["0", "1", "5", "10", "30", "60"]);
});

test("after a burst, what was taken out stands beside the event of the person who gave it, or nowhere", () => {
  const people = Array.from({ length: 25 }, (_, index) => ({ visitor: `v${index}`, userId: `user-${index}` }));
  const address = (index: number) => `person-${index}@glow.example`;
  const signIns = people.map(({ visitor, userId }, index): Deed => {
    return { app: "browser", kind: "sign in", at, visitor, userId, person: { plan: "studio", email: address(index) } };
  });
  const errors = people.flatMap(({ visitor }, index) =>
    [0, 1].map((nth) =>
      track(at + index * 7 + nth * 900, visitor, "ask.response_error", {
        onboard: false,
        error: `${address(index)} failed`,
      }),
    ),
  );
  const events = [...signIns, ...errors].map((deed, index) => {
    const who = people[index % 25]?.userId ?? "";
    const person = people.find(({ visitor }) => "visitor" in deed && visitor === deed.visitor)?.userId ?? who;
    const sent = { timestamp: new Date(deed.at + 3).toISOString(), distinctId: person };
    return "kind" in deed && deed.kind === "sign in"
      ? arrived("$identify", { $set: { plan: "studio" } }, sent)
      : arrived("ask.response_error", { onboard: false, error: "[email] failed" }, sent);
  });
  // They arrive out of order.
  const shuffled = events.toSorted((one, other) => ((one.id * 37) % 75) - ((other.id * 37) % 75));
  const stream = streaming(
    [...signIns, ...errors],
    shuffled.map((event, index) => ({ ...event, id: 10_000 + index })),
  );
  const told = stream.recent().filter(({ redactions }) => redactions !== undefined && redactions.length > 0);
  expect(told).toHaveLength(75);
  for (const { who, redactions = [] } of told) {
    const index = Number(who.replace("user-", ""));
    for (const { before } of redactions) expect(before, who).toMatch(new RegExp(`^person-${index}@`));
  }
});

test("of several people who might have given it at one moment, nobody's words are told", () => {
  const error = (name: string) => ({ onboard: false, error: `${name}@glow.example failed` });
  const said = ["ada", "bob"].map((visitor, index) =>
    track(at + index * 4, visitor, "ask.response_error", error(visitor)),
  );
  const event = arrived(
    "ask.response_error",
    { onboard: false, error: "[email] failed" },
    { distinctId: "anonymous-1" },
  );
  expect(streaming(said, [event]).recent()[0]?.redactions).toBeUndefined();
});

test("the search looks at all events, not only at those that a page shows, and knows what was taken out", () => {
  const many = Array.from({ length: mostShown + 50 }, (_, index) =>
    arrived(
      "landing_view",
      { scene: index === 0 ? "The first of all" : "Another" },
      { timestamp: new Date(at + index).toISOString() },
    ),
  );
  const error = "jane@salon.example failed";
  const then = at + 60_000;
  const sent = { timestamp: new Date(then).toISOString() };
  const last = arrived("ask.response_error", { onboard: true, error: "[email] failed" }, sent);
  const stream = streaming([track(then, "ada", "ask.response_error", { onboard: true, error })], [...many, last]);
  expect(stream.recent().some(({ properties }) => properties.scene === "The first of all")).toBe(false);
  expect(stream.find({ text: " the FIRST of", onlyRedacted: false })).toMatchObject({ count: 1 });
  expect(stream.find({ text: "", onlyRedacted: false })).toMatchObject({ count: mostShown + 51 });
  expect(stream.find({ text: "", onlyRedacted: false }).events).toHaveLength(mostShown);
  expect(stream.find({ text: "another client", onlyRedacted: false }).count).toBe(0);
  expect(stream.find({ text: "jane@salon", onlyRedacted: true }).events).toHaveLength(1);
  expect(stream.find({ text: "nothing of this", onlyRedacted: false })).toEqual({ events: [], count: 0 });
});

test("the FastAPI service is the backend, too", () => {
  const [event] = streaming([], [arrived("cadence.message_sent", { $lib: "posthog-python" })]).recent();
  expect(event?.app).toBe("backend");
});
