import { describe, expect } from "vitest";
import { cadenceThroughput } from "../../dashboards/cadence-throughput.ts";
import { at, given, mistakesAreNoticed, tenant, test, times } from "./support/index.ts";

const glow = tenant("glow studio");
const bloom = tenant("bloom salon");

const sms = { channel: "sms", template_id: "reminder", contact_id: "contact-1" } as const;
const email = { ...sms, channel: "email" } as const;
const unreachable = { ...sms, error: "provider unreachable" };

describe("do the messages of cadences reach people", () => {
  /** Nine o'clock is quiet; at ten the SMS provider is down. */
  const outage = given(
    times(8, glow.does("cadence.message_queued", sms, at("2026-11-10 09:00"))),
    times(6, glow.does("cadence.message_sent", sms, at("2026-11-10 09:01"))),
    times(2, bloom.does("cadence.message_sent", email, at("2026-11-10 09:02"))),
    times(9, glow.does("cadence.message_queued", sms, at("2026-11-10 10:00"))),
    times(2, glow.does("cadence.message_sent", sms, at("2026-11-10 10:01"))),
    times(6, glow.does("cadence.message_failed", unreachable, at("2026-11-10 10:02"))),
    times(2, bloom.does("cadence.message_failed", unreachable, at("2026-11-10 12:02"))),
  );

  test("a provider in trouble is the growing upper part, hour by hour", async () => {
    const shown = await outage.show(cadenceThroughput.tile("sent-and-failed"));
    expect(shown.line("Sent").points).toEqual({ "2026-11-10 09:00": 8, "2026-11-10 10:00": 2 });
    expect(shown.line("Failed").points).toEqual({ "2026-11-10 10:00": 6, "2026-11-10 12:00": 2 });
  });

  test("the ratio is that of the failed among the decided, 1 when nothing gets through", async () => {
    const shown = await outage.show(cadenceThroughput.tile("failure-ratio"));
    expect(shown.line("Failure ratio").points).toEqual({ "2026-11-10 10:00": 0.75, "2026-11-10 12:00": 1 });
  });

  test("what is neither sent nor failed is still undecided", async () => {
    const shown = await outage.show(cadenceThroughput.tile("queued-sent-failed"));
    expect(shown.line("Queued").points).toEqual({ "2026-11-10 09:00": 8, "2026-11-10 10:00": 9 });
    expect(shown.line("Sent").points).toEqual({ "2026-11-10 09:00": 8, "2026-11-10 10:00": 2 });
    expect(shown.line("Failed").points).toEqual({ "2026-11-10 10:00": 6, "2026-11-10 12:00": 2 });
    expect(shown.line("Undecided").points).toEqual({ "2026-11-10 10:00": 1, "2026-11-10 12:00": -2 });
  });

  test("a week back for the first two, three days for what is undecided; days are the project's", async () => {
    const timeZone = "Europe/Berlin";
    const now = at("2026-11-10 15:00", timeZone);
    const story = given(
      glow.does("cadence.message_sent", sms, at("2026-11-02 23:59", timeZone)),
      glow.does("cadence.message_failed", unreachable, at("2026-11-02 23:59", timeZone)),
      glow.does("cadence.message_sent", sms, at("2026-11-03 00:00", timeZone)),
      glow.does("cadence.message_failed", unreachable, at("2026-11-03 00:30", timeZone)),
      glow.does("cadence.message_queued", sms, at("2026-11-06 23:59", timeZone)),
      glow.does("cadence.message_queued", sms, at("2026-11-07 00:00", timeZone)),
    );
    const both = await story.show(cadenceThroughput.tile("sent-and-failed"), { now, timeZone });
    expect(both.line("Sent").points).toEqual({ "2026-11-03 00:00": 1 });
    const ratio = await story.show(cadenceThroughput.tile("failure-ratio"), { now, timeZone });
    expect(ratio.line("Failure ratio").points).toEqual({ "2026-11-03 00:00": 0.5 });
    const queue = await story.show(cadenceThroughput.tile("queued-sent-failed"), { now, timeZone });
    expect(queue.line("Queued").points).toEqual({ "2026-11-07 00:00": 1 });
  });

  test("messages that only the other channel took are a share of what was sent, not of what was queued", async () => {
    const shown = await given(
      times(10, glow.does("cadence.message_queued", sms, at("2026-11-10 09:00"))),
      times(3, glow.does("cadence.message_sent", { ...sms, fallback: false }, at("2026-11-10 09:01"))),
      times(3, glow.does("cadence.message_sent", sms, at("2026-11-10 09:01"))),
      times(2, glow.does("cadence.message_sent", { ...email, fallback: true }, at("2026-11-10 09:02"))),
      times(2, glow.does("cadence.message_failed", unreachable, at("2026-11-10 09:03"))),
    ).show(cadenceThroughput.tile("fallback-share"));
    expect(shown.line("Fallback share").points).toEqual({ "2026-11-10": 0.25 });
  });
});

describe("where do they fail", () => {
  /** SMS fails for two of five, e-mail for nobody; of the templates, only the birthday one is broken. */
  const brokenTemplate = given(
    times(2, glow.does("cadence.message_sent", { ...sms, template_id: "reminder" }, at("2026-11-10 09:00"))),
    glow.does("cadence.message_sent", { ...sms, template_id: "birthday" }, at("2026-11-10 10:00")),
    times(2, glow.does("cadence.message_failed", { ...unreachable, template_id: "birthday" }, at("2026-11-10 11:00"))),
    times(3, bloom.does("cadence.message_sent", { ...email, template_id: "" }, at("2026-11-10 09:00"))),
    bloom.does("cadence.message_sent", { ...email, template_id: "birthday" }, at("2026-11-09 09:00")),
  );

  test("by channel, sent and failed are lines of their own", async () => {
    const shown = await brokenTemplate.show(cadenceThroughput.tile("sent-and-failed-by-channel"));
    expect(shown.line("Sent", "sms").points).toEqual({ "2026-11-10": 3 });
    expect(shown.line("Sent", "email").points).toEqual({ "2026-11-09": 1, "2026-11-10": 3 });
    expect(shown.line("Failed", "sms").points).toEqual({ "2026-11-10": 2 });
  });

  test("the channel whose provider is in trouble is the one line above the others", async () => {
    const shown = await brokenTemplate.show(cadenceThroughput.tile("failure-ratio-by-channel"));
    expect(shown.line("Failure ratio", "sms").points).toEqual({ "2026-11-10": 0.4 });
    expect(shown.line("Failure ratio", "email").points).toEqual({});
  });

  test("by template, those written by hand are together under none", async () => {
    const shown = await brokenTemplate.show(cadenceThroughput.tile("sent-and-failed-by-template"));
    expect(shown.totals("Sent")).toEqual({ none: 3, birthday: 2, reminder: 2 });
    expect(shown.totals("Failed")).toEqual({ birthday: 2 });
  });

  test("the template to repair has the tallest bar, however few it sends", async () => {
    const shown = await brokenTemplate.show(cadenceThroughput.tile("failure-ratio-by-template"));
    expect(shown.totals("Failure ratio")).toEqual({ birthday: 0.5, none: 0, reminder: 0 });
    expect(shown.values[0]).toBe("birthday");
  });

  test("ten templates have a bar of their own in each count, the rest shares one", async () => {
    const templates = Array.from({ length: 12 }, (_, index) => `template ${String(index + 1).padStart(2, "0")}`);
    const shown = await given(
      templates.flatMap((template_id, index) =>
        times(20 - index, glow.does("cadence.message_sent", { ...sms, template_id }, at("2026-11-10 09:00"))),
      ),
    ).show(cadenceThroughput.tile("sent-and-failed-by-template"));
    expect(Object.keys(shown.totals("Sent"))).toEqual([...templates.slice(0, 10), "other"]);
    expect(shown.totals("Sent").other).toBe(10 + 9);
  });

  test("a template that is rare among many has the share of its own messages", async () => {
    const shown = await given(
      Array.from({ length: 60 }, (_, index) =>
        times(5, glow.does("cadence.message_sent", { ...sms, template_id: `often ${index}` }, at("2026-11-10 09:00"))),
      ).flat(),
      times(3, glow.does("cadence.message_sent", { ...sms, template_id: "rare" }, at("2026-11-10 09:00"))),
      glow.does("cadence.message_failed", { ...unreachable, template_id: "rare" }, at("2026-11-10 09:00")),
    ).show(cadenceThroughput.tile("failure-ratio-by-template"));
    expect(shown.totals("Failure ratio").rare).toBe(0.25);
    expect(shown.values[0]).toBe("rare");
    expect(shown.values).toHaveLength(61);
  });

  test("beyond 100 templates the rarest lose theirs", async () => {
    const templates = Array.from({ length: 102 }, (_, index) => `template ${String(index + 1).padStart(3, "0")}`);
    const shown = await given(
      templates.flatMap((template_id) =>
        glow.does("cadence.message_sent", { ...sms, template_id }, at("2026-11-10 09:00")),
      ),
      times(
        2,
        glow.does("cadence.message_failed", { ...unreachable, template_id: "template 102" }, at("2026-11-10 09:00")),
      ),
    ).show(cadenceThroughput.tile("failure-ratio-by-template"));
    expect(shown.values).toContain("template 100");
    expect(shown.values).not.toContain("template 101");
    expect(shown.totals("Failure ratio")).toMatchObject({ other: 0, "template 102": 1 });
  });

  test("channels, templates and fallbacks look back 30 days", async () => {
    const now = at("2026-11-30 09:00");
    const story = given(
      glow.does("cadence.message_sent", { ...sms, fallback: true }, at("2026-10-31 00:00")),
      glow.does("cadence.message_failed", unreachable, at("2026-10-31 00:00")),
      times(2, glow.does("cadence.message_sent", { ...sms, fallback: true }, at("2026-10-30 23:59"))),
      glow.does("cadence.message_failed", unreachable, at("2026-10-30 23:59")),
    );
    const channels = await story.show(cadenceThroughput.tile("sent-and-failed-by-channel"), { now });
    expect(channels.line("Sent", "sms").points).toEqual({ "2026-10-31": 1 });
    const channelRatio = await story.show(cadenceThroughput.tile("failure-ratio-by-channel"), { now });
    expect(channelRatio.line("Failure ratio", "sms").points).toEqual({ "2026-10-31": 0.5 });
    const templates = await story.show(cadenceThroughput.tile("sent-and-failed-by-template"), { now });
    expect(templates.totals("Sent")).toEqual({ reminder: 1 });
    const templateRatio = await story.show(cadenceThroughput.tile("failure-ratio-by-template"), { now });
    expect(templateRatio.totals("Failure ratio")).toEqual({ reminder: 0.5 });
    const fallbacks = await story.show(cadenceThroughput.tile("fallback-share"), { now });
    expect(fallbacks.line("Fallback share").points).toEqual({ "2026-10-31": 1 });
  });
});

describe("and why", () => {
  test("one cause is one text at the top; a tenant's every failure counts", async () => {
    const badNumber = { ...sms, error: "invalid number" };
    const shown = await given(
      times(3, glow.does("cadence.message_failed", unreachable, at("2026-11-10 09:00"))),
      glow.does("cadence.message_failed", unreachable, at("2026-11-08 09:00")),
      bloom.does("cadence.message_failed", badNumber, at("2026-11-10 09:00")),
      glow.does("cadence.message_sent", sms, at("2026-11-10 09:00")),
    ).show(cadenceThroughput.tile("errors"));
    expect(shown.totals("Failed")).toEqual({ "provider unreachable": 4, "invalid number": 1 });
    expect(shown.values).toEqual(["provider unreachable", "invalid number"]);
  });

  test("only errors of today and the seven days before it are shown", async () => {
    const shown = await given(
      glow.does("cadence.message_failed", unreachable, at("2026-11-02 23:59")),
      glow.does("cadence.message_failed", unreachable, at("2026-11-03 00:00")),
    ).show(cadenceThroughput.tile("errors"), { now: at("2026-11-10 09:00") });
    expect(shown.totals("Failed")).toEqual({ "provider unreachable": 1 });
  });
});

mistakesAreNoticed(cadenceThroughput);
