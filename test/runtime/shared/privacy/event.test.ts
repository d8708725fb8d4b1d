import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { browserRules } from "../../../../src/runtime/shared/environment.ts";
import { createDrops } from "../../../../src/runtime/shared/privacy/drops.ts";
import { redactProperties } from "../../../../src/runtime/shared/privacy/event.ts";
import { redactOutgoing } from "../../../../src/runtime/shared/privacy/posthog.ts";
import { opaqueId, pseudonym } from "../../../../src/runtime/shared/privacy/pseudonym.ts";
import { emails, phones, secrets, tellingPart, textsIn } from "./planted.ts";

const user = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

function sent(event: string, properties: Record<string, unknown>) {
  const drops = createDrops();
  return { properties: redactProperties(event, properties, drops.count), dropped: drops.totals() };
}

describe("each property leaves after its privacy class", () => {
  test("what the catalog allows leaves as it is", () => {
    const properties = { channel: "sms", template_id: "", contact_id: user, fallback: true };
    expect(sent("cadence.message_sent", properties)).toEqual({ properties, dropped: {} });
  });

  test("of a model's call its numbers leave, and nothing of what was asked or answered, on any event", () => {
    const numbers = {
      ...{ tenant_id: user, $ai_trace_id: "trace_81", $ai_model: "large-2", $ai_provider: "models-inc" },
      ...{ $ai_input_tokens: 900, $ai_output_tokens: 300, $ai_latency: 2.5, $ai_is_error: false },
      ...{ $ai_total_cost_usd: 0.0125, $ai_http_status: 200 },
    };
    const conversation = {
      $ai_input: [{ role: "user", content: "write to Ada about her birthday" }],
      $ai_input_state: { client: "Ada" },
      $ai_output: "Dear Ada",
      $ai_output_choices: [{ content: "Dear Ada" }],
      $ai_output_state: { draft: "Dear Ada" },
      $ai_tools: [{ name: "send" }],
      $ai_error: "refused: write to Ada",
    };
    const generation = sent("$ai_generation", { ...numbers, ...conversation });
    expect(generation.properties).toEqual(numbers);
    expect(Object.keys(generation.dropped)).toHaveLength(Object.keys(conversation).length);
    for (const event of ["$ai_span", "$ai_trace", "$ai_embedding"])
      expect(sent(event, conversation).properties).toEqual({});
  });

  test("an error's text is redacted, then cut at 120 characters", () => {
    const error = `554 5.7.1 <ada@example.com>: ${"relay access denied ".repeat(10)}`;
    const { properties } = sent("ask.response_error", { onboard: false, error });
    expect(properties.error).toHaveLength(120);
    expect(properties.error).toMatch(/^554 5\.7\.1 <\[email\]>: relay access denied/);
  });

  test("whatever was thrown becomes text", () => {
    const of = (error: unknown) => sent("ask.response_error", { onboard: false, error }).properties.error;
    expect(of(new TypeError("no ada@example.com"))).toBe("TypeError: no [email]");
    expect(of({ code: 21211, to: "+15551234567" })).toBe('{"code":21211,"to":"[phone]"}');
    expect(of(null)).toBe("null");
  });

  test("an id that looks like contact data becomes a pseudonym, the same each time", () => {
    fc.assert(
      fc.property(fc.oneof(emails, phones), (contact) => {
        const send = () => sent("cadence.message_sent", { channel: "sms", template_id: "t1", contact_id: contact });
        expect(send().properties.contact_id).toMatch(/^h_[a-p]{20}$/);
        expect(send()).toEqual(send());
      }),
    );
  });

  test("an opaque id stays: UUID, ULID, nanoid, a word with a number", () => {
    for (const id of [user, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "V1StGXR8_Z5jdHi6B-myT", "tenant_42"]) {
      expect(opaqueId(id)).toBe(String(id));
    }
  });

  test("a pseudonym is not taken for anything private again", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(opaqueId(pseudonym(value))).toBe(pseudonym(value));
        expect(pseudonym(pseudonym(value))).toBe(pseudonym(value));
      }),
    );
  });
});

describe("what the catalog does not allow is dropped and counted, the rest is sent", () => {
  test("an unknown property, a wrong value, a forbidden one", () => {
    const passed = { message: "boom", level: "fatal", stack: "at x (ada)", email: "ada@example.com", line: 3 };
    expect(sent("client_error", passed)).toEqual({
      properties: { message: "boom", line: 3 },
      dropped: { "client_error.level": 1, "client_error.stack": 1, "client_error.email": 1 },
    });
  });

  test("an unknown event leaves without properties", () => {
    expect(sent("ask.promt_submitted", { prompt: "call Ada", $lib: "web" })).toEqual({
      properties: { $lib: "web" },
      dropped: { "ask.promt_submitted": 1, "ask.promt_submitted.prompt": 1 },
    });
  });

  test("each name is told of once and counted always; names beyond 200 are counted together", () => {
    const told: string[] = [];
    const drops = createDrops((what) => told.push(what));
    drops.count("a.b");
    drops.count("a.b");
    for (let index = 0; index < 500; index += 1) drops.count(`x.${index}`);
    expect(drops.totals()["a.b"]).toBe(2);
    expect(drops.totals()["(others)"]).toBe(301);
    expect(told).toHaveLength(201);
  });
});

describe("before_send of both PostHog clients", () => {
  const outgoing = (event: string, properties: Record<string, unknown>, more = {}) =>
    redactOutgoing({ event, properties, ...more }, () => {});

  test("keeps what PostHog needs: the project's key, ids, campaign, browser", () => {
    const properties = {
      token: "phc_4eC39HqLyjWDarjtT1zdp7dc4eC39HqLyjWDarjtT1z",
      distinct_id: user,
      $device_id: "0190e2a8-1b1f-7bd5-8f4b-6d1f0f6c2a11",
      $session_id: "0190e2a8-1b1f-7bd5-8f4b-6d1f0f6c2a12",
      $insert_id: "a1b2c3d4e5f60718",
      $lib: "web",
      $raw_user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.8078.73 Safari/537.36",
      utm_source: "newsletter",
      step: "profile",
    };
    expect(outgoing("onboarding.step_completed", properties).properties).toEqual(properties);
  });

  test("every key that the credential map takes for a project's leaves, and no other token", () => {
    const { pattern } = browserRules.VITE_POSTHOG_KEY;
    const ofProject = fc.stringMatching(new RegExp(pattern));
    fc.assert(
      fc.property(ofProject, (token) => {
        expect(outgoing("$pageview", { token }).properties).toEqual({ token });
      }),
    );
    const others = ["phx_4eC39HqLyjWDarjtT1zdp7dc4eC39HqLyjWDarjtT1z", "phc_", "phc_a b", "phc_a@b.io", 7];
    for (const token of others) expect(outgoing("$pageview", { token }).properties).toEqual({});
  });

  test("addresses lose their query, the page's title is not sent", () => {
    const { properties } = outgoing("$pageview", {
      path: "/clients",
      title: "Ada Lovelace | BrandVX",
      $current_url: "https://app.brandvx.io/clients?name=Ada#notes",
      $referrer: "https://app.brandvx.io/invite/ada@example.com?token=1",
    });
    expect(properties).toEqual({
      path: "/clients",
      $current_url: "https://app.brandvx.io/clients",
      $referrer: "https://app.brandvx.io/invite/[email]",
    });
  });

  test("a person keeps what the catalog has of people, and nothing else", () => {
    const person = {
      email: "ada@example.com",
      tenant_id: user,
      plan: "pro",
      owner_phone: "+15551234567",
      bio: "at ada@example.com",
      role: "Ada Lovelace",
      seat_count: 3,
      $initial_current_url: "https://app.brandvx.io/join?token=abc",
    };
    const expected = {
      tenant_id: user,
      plan: "pro",
      seat_count: 3,
      $initial_current_url: "https://app.brandvx.io/join",
    };
    expect(outgoing("$identify", { $set: person }, { $set: person, $set_once: person })).toEqual({
      event: "$identify",
      properties: { $set: expected },
      $set: expected,
      $set_once: expected,
    });
  });

  test("no secret leaves by any property of any event", () => {
    const names = fc.constantFrom(
      "$set",
      "$current_url",
      "$anything",
      "step",
      "mode",
      "error",
      "message",
      "contact_id",
      "extra",
      "distinct_id",
    );
    const event = fc.constantFrom(
      "$identify",
      "$pageview",
      "ask.response_error",
      "cadence.message_sent",
      "client_error",
      "unknown",
    );
    fc.assert(
      fc.property(event, names, secrets, fc.boolean(), (name, property, secret, nested) => {
        // An opaque id looks like a plain run of letters and digits.
        fc.pre(!(/_id$/.test(property) && !nested && /^[A-Za-z0-9]{32,64}$/.test(secret)));
        const value = nested ? { deep: [secret] } : secret;
        // A password by lot may be a part of an event's own names: `ropert` of "properties".
        const own = new Set(textsIn(outgoing(name, {})));
        for (const text of textsIn(outgoing(name, { [property]: value }))) {
          if (!own.has(text)) expect(text).not.toContain(tellingPart(secret));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
