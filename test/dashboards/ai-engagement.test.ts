import { describe, expect } from "vitest";
import { aiEngagement } from "../../dashboards/ai-engagement.ts";
import { at, crowd, given, mistakesAreNoticed, person, tenant, test, times } from "./support/index.ts";

const prompt = (mode: string, onboard = false) => ({ mode, onboard, length: 80 });
const answer = (durationMs: number, chars = 500) => ({ onboard: false, chars, duration_ms: durationMs });
const timeout = { onboard: false, error: "model timeout" };

describe("do people ask AskVX", () => {
  test("a burst shows in its hour, apart by mode, and a person's every prompt counts", async () => {
    const shown = await given(
      times(5, person("ada").does("ask.prompt_submitted", prompt("draft"), at("2026-11-10 14:05"))),
      times(2, person("ben").does("ask.prompt_submitted", prompt("explain"), at("2026-11-10 14:59"))),
      person("ben").does("ask.prompt_submitted", prompt("draft"), at("2026-11-10 15:00")),
    ).show(aiEngagement.tile("prompt-bursts"));
    expect(shown.values).toEqual(["draft", "explain"]);
    expect(shown.line("Prompts", "draft").points).toEqual({ "2026-11-10 14:00": 5, "2026-11-10 15:00": 1 });
    expect(shown.line("Prompts", "explain").points).toEqual({ "2026-11-10 14:00": 2 });
  });

  test("the bursts of today and the three days before it are shown", async () => {
    const asks = (when: string) => person("ada").does("ask.prompt_submitted", prompt("draft"), at(when));
    const shown = await given(asks("2026-11-06 23:59"), asks("2026-11-07 00:00"), asks("2026-11-10 15:30")).show(
      aiEngagement.tile("prompt-bursts"),
    );
    expect(shown.line("Prompts", "draft").points).toEqual({ "2026-11-07 00:00": 1, "2026-11-10 15:00": 1 });
  });

  test("an hour that the clock repeats is shown twice, not with the prompts of both", async () => {
    const zone = "America/New_York";
    const shown = await given(
      person("ada").does("ask.prompt_submitted", prompt("draft"), new Date("2026-11-01T05:30:00Z")),
      times(3, person("ada").does("ask.prompt_submitted", prompt("draft"), new Date("2026-11-01T06:30:00Z"))),
    ).show(aiEngagement.tile("prompt-bursts"), { now: at("2026-11-01 12:00", zone), timeZone: zone });
    const { days } = shown.line("Prompts", "draft");
    expect(days.filter((hour) => hour === "2026-11-01 01:00")).toHaveLength(2);
    expect(days.filter((hour) => hour.startsWith("2026-10-31"))).toHaveLength(24);
  });

  test("the daily line counts people and not prompts, the weekly one whoever asked within 7 days", async () => {
    const asks = (who: string, when: string) => person(who).does("ask.prompt_submitted", prompt("draft"), at(when));
    const story = given(
      times(4, asks("ada", "2026-11-09 09:00")),
      asks("ben", "2026-11-09 11:00"),
      asks("ada", "2026-11-12 09:00"),
    );
    const now = at("2026-11-19 09:00");
    for (const weekStart of ["sunday", "monday"] as const) {
      const shown = await story.show(aiEngagement.tile("people-who-ask"), { now, weekStart });
      expect(shown.line("On the day").points).toEqual({ "2026-11-09": 2, "2026-11-12": 1 });
      expect(shown.line("Within 7 days").points).toEqual({
        "2026-11-09": 2,
        "2026-11-10": 2,
        "2026-11-11": 2,
        "2026-11-12": 2,
        "2026-11-13": 2,
        "2026-11-14": 2,
        "2026-11-15": 2,
        "2026-11-16": 1,
        "2026-11-17": 1,
        "2026-11-18": 1,
      });
    }
  });

  test("a wave of onboarding stands apart from everyday use", async () => {
    const shown = await given(
      crowd(6, (one) => one.does("ask.prompt_submitted", prompt("draft", true), at("2026-11-10 10:00"))),
      times(2, person("person 1").does("ask.prompt_submitted", prompt("draft", true), at("2026-11-10 11:00"))),
      times(2, person("ada").does("ask.prompt_submitted", prompt("draft"), at("2026-11-10 12:00"))),
      person("ada").does("ask.prompt_submitted", prompt("draft"), at("2026-11-11 12:00")),
    ).show(aiEngagement.tile("onboarding-prompts"));
    expect(shown.line("While onboarding").points).toEqual({ "2026-11-10": 8 });
    expect(shown.line("In everyday use").points).toEqual({ "2026-11-10": 2, "2026-11-11": 1 });
  });

  test("people and onboarding look back 30 days", async () => {
    const asks = (who: string, onboard: boolean, when: string) =>
      person(who).does("ask.prompt_submitted", prompt("draft", onboard), at(when));
    const story = given(
      asks("ada", true, "2026-10-31 00:00"),
      asks("ada", false, "2026-10-31 00:00"),
      asks("ben", true, "2026-10-30 23:59"),
    );
    const now = at("2026-11-30 09:00");
    const people = await story.show(aiEngagement.tile("people-who-ask"), { now });
    expect(people.line("On the day").points).toEqual({ "2026-10-31": 1 });
    expect(people.line("Within 7 days").points["2026-10-31"]).toBe(2);
    const prompts = await story.show(aiEngagement.tile("onboarding-prompts"), { now });
    expect(prompts.line("While onboarding").points).toEqual({ "2026-10-31": 1 });
    expect(prompts.line("In everyday use").points).toEqual({ "2026-10-31": 1 });
  });
});

describe("does it answer", () => {
  const outage = given(
    times(6, person("ada").does("ask.response_stream_complete", answer(900), at("2026-11-10 14:10"))),
    times(2, person("ada").does("ask.response_error", timeout, at("2026-11-10 14:20"))),
    person("ben").does("ask.response_stream_complete", answer(900), at("2026-11-10 15:10")),
    times(4, person("ben").does("ask.response_error", timeout, at("2026-11-10 15:20"))),
    person("eve").does("ask.response_stream_complete", answer(900), at("2026-11-10 17:00")),
  );

  test("in an outage errors rise while answers fall, hour by hour", async () => {
    const shown = await outage.show(aiEngagement.tile("answers-and-errors"));
    expect(shown.line("Answers").points).toEqual({
      "2026-11-10 14:00": 6,
      "2026-11-10 15:00": 1,
      "2026-11-10 17:00": 1,
    });
    expect(shown.line("Errors").points).toEqual({ "2026-11-10 14:00": 2, "2026-11-10 15:00": 4 });
  });

  test("the share is that of the errors among all that finished, and 0 in an hour without requests", async () => {
    const shown = await outage.show(aiEngagement.tile("error-share"));
    const share = shown.line("Error share");
    expect(share.points).toEqual({ "2026-11-10 14:00": 0.25, "2026-11-10 15:00": 0.8 });
    expect(share.days).toContain("2026-11-10 16:00");
  });

  test("both show today and the seven days before it", async () => {
    const story = given(
      person("ada").does("ask.response_error", timeout, at("2026-11-02 23:59")),
      person("ada").does("ask.response_error", timeout, at("2026-11-03 00:00")),
      person("ada").does("ask.response_stream_complete", answer(900), at("2026-11-03 00:30")),
    );
    const now = at("2026-11-10 17:00");
    const both = await story.show(aiEngagement.tile("answers-and-errors"), { now });
    expect(both.line("Errors").points).toEqual({ "2026-11-03 00:00": 1 });
    const share = await story.show(aiEngagement.tile("error-share"), { now });
    expect(share.line("Error share").points).toEqual({ "2026-11-03 00:00": 0.5 });
  });
});

describe("how fast, and how much", () => {
  test("a slow tail lifts p99 and leaves p50 where it was", async () => {
    const day = (date: string, slowest: number) =>
      Array.from({ length: 101 }, (_, index) =>
        person("ada").does(
          "ask.response_stream_complete",
          answer(index < 98 ? 1000 + index * 10 : slowest),
          at(`${date} 09:00`),
        ),
      );
    const shown = await given(day("2026-11-09", 2000), day("2026-11-10", 30_000)).show(aiEngagement.tile("latency"));
    expect(shown.line("p50").points).toEqual({ "2026-11-09": 1500, "2026-11-10": 1500 });
    expect(shown.line("p90").points).toEqual({ "2026-11-09": 1900, "2026-11-10": 1900 });
    expect(shown.line("p99").points).toEqual({ "2026-11-09": 2000, "2026-11-10": 30_000 });
  });

  test("cut answers show as a drop of the median, rambling ones in the longest tenth", async () => {
    const lengths = (date: string, chars: readonly number[]) =>
      chars.map((length) =>
        person("ada").does("ask.response_stream_complete", answer(900, length), at(`${date} 09:00`)),
      );
    const shown = await given(
      lengths("2026-11-08", [400, 500, 600]),
      lengths("2026-11-09", [20, 30, 600]),
      lengths("2026-11-10", [400, 500, 5600]),
    ).show(aiEngagement.tile("answer-length"));
    expect(shown.line("Median").points).toEqual({ "2026-11-08": 500, "2026-11-09": 30, "2026-11-10": 500 });
    const longest = shown.line("Longest tenth, from").points;
    expect(longest["2026-11-08"]).toBeCloseTo(580);
    expect(longest["2026-11-10"]).toBeCloseTo(4580);
  });

  test("both look back 30 days, and a day without answers is 0", async () => {
    const story = given(
      person("ada").does("ask.response_stream_complete", answer(900, 400), at("2026-10-31 00:00")),
      person("ada").does("ask.response_stream_complete", answer(700, 300), at("2026-10-30 23:59")),
    );
    const now = at("2026-11-30 09:00");
    const latency = await story.show(aiEngagement.tile("latency"), { now });
    expect(latency.line("p50").points).toEqual({ "2026-10-31": 900 });
    const length = await story.show(aiEngagement.tile("answer-length"), { now });
    expect(length.line("Median").points).toEqual({ "2026-10-31": 400 });
  });
});

describe("are the answers worth something", () => {
  const rates = (who: string, rating: number, when: string) =>
    person(who).does("ask.rated", { onboard: false, answer_id: "answer-1", rating }, at(when));

  test("the stars of a day are the mean of all that were given on it, and a day without any is 0", async () => {
    const shown = await given(
      [1, 2, 3, 4, 5].map((rating) => rates("ada", rating, "2026-11-10 09:00")),
      times(3, rates("ada", 1, "2026-11-12 09:00")),
      rates("ben", 3, "2026-11-12 23:30"),
    ).show(aiEngagement.tile("stars"));
    expect(shown.line("Stars").points).toEqual({ "2026-11-10": 3, "2026-11-12": 1.5 });
  });

  test("what is passed on shows where to, each time, and nothing else of AskVX does", async () => {
    const passes = (who: string, target: "copy" | "link" | "cadence", when: string) =>
      person(who).does("ask.shared", { onboard: false, answer_id: "answer-1", target }, at(when));
    const shown = await given(
      times(3, passes("ada", "copy", "2026-11-10 09:00")),
      passes("ben", "cadence", "2026-11-10 23:30"),
      passes("ada", "cadence", "2026-11-11 00:30"),
      rates("ada", 5, "2026-11-10 09:00"),
      person("ada").does("ask.prompt_submitted", prompt("draft"), at("2026-11-10 09:00")),
    ).show(aiEngagement.tile("answers-shared"));
    expect(shown.values).toEqual(["copy", "cadence"]);
    expect(shown.line("Passed on", "copy").points).toEqual({ "2026-11-10": 3 });
    expect(shown.line("Passed on", "cadence").points).toEqual({ "2026-11-10": 1, "2026-11-11": 1 });
  });

  test("both look back 30 days", async () => {
    const shares = (when: string) =>
      person("ada").does("ask.shared", { onboard: false, answer_id: "answer-1", target: "copy" }, at(when));
    const story = given(
      ["2026-10-31 00:00", "2026-10-30 23:59"].flatMap((when) => [shares(when), rates("ada", 1, when)]),
    );
    const now = at("2026-11-30 09:00");
    const stars = await story.show(aiEngagement.tile("stars"), { now });
    expect(stars.line("Stars").points).toEqual({ "2026-10-31": 1 });
    const shared = await story.show(aiEngagement.tile("answers-shared"), { now });
    expect(shared.line("Passed on", "copy").points).toEqual({ "2026-10-31": 1 });
  });
});

describe("what does it cost, and whose model fails", () => {
  interface Call {
    readonly model?: string;
    readonly cost?: number;
    readonly failed?: boolean;
  }
  const calls = (tenantId: string, when: string, { model = "large", cost, failed = false }: Call) =>
    tenant(tenantId).does(
      "$ai_generation",
      {
        ...{ tenant_id: tenantId, $ai_trace_id: "trace-1", $ai_model: model, $ai_provider: "models-inc" },
        ...{ $ai_input_tokens: 900, $ai_output_tokens: 300, $ai_latency: 2.5, $ai_is_error: failed },
        ...(cost === undefined ? {} : { $ai_total_cost_usd: cost }),
      },
      at(when),
    );

  test("dollars add up by model and tenant, the dearest first, and failed calls beside them", async () => {
    const shown = await given(
      times(3, calls("glow", "2026-11-10 09:00", { cost: 0.5 })),
      calls("glow", "2026-11-11 09:00", { model: "small", cost: 0.125 }),
      times(2, calls("bloom", "2026-11-11 09:00", { cost: 0.25, failed: true })),
      calls("bloom", "2026-11-11 10:00", { cost: 0.25 }),
      // A call of a model without a known price has no cost, but still counts as failed.
      calls("luxe", "2026-11-11 10:00", { model: "new", failed: true }),
    ).show(aiEngagement.tile("cost-and-errors"));
    expect(shown.totals("US dollars")).toEqual({
      "large / glow": 1.5,
      "large / bloom": 0.75,
      "small / glow": 0.125,
      "new / luxe": 0,
    });
    expect(shown.totals("Failed calls")).toEqual({ "large / bloom": 2, "new / luxe": 1 });
    expect(shown.values[0]).toBe("large / glow");
  });

  test("of the last 30 days", async () => {
    const story = given(
      calls("glow", "2026-10-31 00:00", { cost: 1, failed: true }),
      calls("glow", "2026-10-30 23:59", { cost: 2, failed: true }),
    );
    const shown = await story.show(aiEngagement.tile("cost-and-errors"), { now: at("2026-11-30 09:00") });
    expect(shown.totals("US dollars")).toEqual({ "large / glow": 1 });
    expect(shown.totals("Failed calls")).toEqual({ "large / glow": 1 });
  });
});

mistakesAreNoticed(aiEngagement);
