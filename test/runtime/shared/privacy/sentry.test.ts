import { describe, expect, test } from "vitest";
import { redactBreadcrumb, redactSentryEvent, redactSpan } from "../../../../src/runtime/shared/privacy/sentry.ts";

const user = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

test("an error event leaves with what is needed to find the fault, and nothing of a customer", () => {
  const event = {
    event_id: trace,
    timestamp: 1_793_523_600.123,
    release: "operator-ui@2026.11.1+4eC39HqLyjWDarjtT1zdp7dc",
    message: "could not text +1 555 123 4567",
    exception: {
      values: [
        {
          type: "TypeError",
          value: "no client ada@example.com",
          mechanism: { type: "onerror", handled: false, data: { target: "ada@example.com" } },
          stacktrace: {
            frames: [
              {
                filename: "https://app.brandvx.io/assets/index-BkX29dKz.js?token=1",
                function: "send",
                lineno: 12,
                vars: { phone: "+15551234567" },
                context_line: 'throw new Error("ada@example.com")',
                pre_context: ["// ada@example.com"],
              },
            ],
          },
        },
      ],
    },
    breadcrumbs: [{ category: "fetch", data: { method: "POST", url: "/api/send?to=ada" } }],
    request: {
      url: "https://app.brandvx.io/clients?q=ada",
      method: "GET",
      headers: { cookie: "sid=1" },
      data: "hunter2",
    },
    user: { id: user, email: "ada@example.com", ip_address: "10.1.2.3", username: "Ada" },
    tags: { tenant: "tenant_42", contact: "ada@example.com" },
    extra: { body: "see you at nine", detail: "call 555-123-4567" },
    contexts: {
      trace: { trace_id: trace, span_id: "00f067aa0ba902b7", data: { "client.address": "10.1.2.3" } },
      replay: { replay_id: trace },
    },
  };
  expect(redactSentryEvent(event)).toEqual({
    event_id: trace,
    timestamp: 1_793_523_600.123,
    release: "operator-ui@2026.11.1+4eC39HqLyjWDarjtT1zdp7dc",
    message: "could not text [phone]",
    exception: {
      values: [
        {
          type: "TypeError",
          value: "no client [email]",
          mechanism: { type: "onerror", handled: false, data: { target: "[email]" } },
          stacktrace: {
            frames: [
              {
                filename: "https://app.brandvx.io/assets/index-BkX29dKz.js",
                function: "send",
                lineno: 12,
                context_line: 'throw new Error("[email]")',
                pre_context: ["// [email]"],
              },
            ],
          },
        },
      ],
    },
    breadcrumbs: [{ category: "fetch", data: { method: "POST", url: "/api/send" } }],
    request: { url: "https://app.brandvx.io/clients", method: "GET" },
    user: { id: user },
    tags: { tenant: "tenant_42", contact: "[email]" },
    extra: { detail: "call [phone]" },
    contexts: {
      trace: { trace_id: trace, span_id: "00f067aa0ba902b7", data: {} },
      replay: { replay_id: trace },
    },
  });
});

test("a replay's addresses lose their query", () => {
  const replay = { type: "replay_event", replay_id: trace, urls: ["https://app.brandvx.io/reset?token=abc"] };
  expect(redactSentryEvent(replay).urls).toEqual(["https://app.brandvx.io/reset"]);
});

describe("breadcrumbs", () => {
  test("of the console, errors and warnings alone are kept, without their arguments", () => {
    const line = (level: string) =>
      redactBreadcrumb({
        category: "console",
        level,
        message: "to ada@example.com",
        data: { arguments: ["x"], logger: "console" },
      });
    expect(line("log")).toBeNull();
    expect(line("warning")).toEqual({
      category: "console",
      level: "warning",
      message: "to [email]",
      data: { logger: "console" },
    });
    expect(line("error")).not.toBeNull();
  });

  test("what was clicked does not name a person", () => {
    expect(redactBreadcrumb({ category: "ui.click", message: 'li > button.call[aria-label="Call Ada"]' })).toEqual({
      category: "ui.click",
      message: "li > button.call",
    });
  });
});

test("a span keeps its figures and loses queries, addresses and contact data", () => {
  const span = {
    name: "GET https://api.brandvx.io/clients?q=ada",
    span_id: "00f067aa0ba902b7",
    attributes: {
      "sentry.op": { value: "http.client", type: "string" },
      "url.full": { value: "https://api.brandvx.io/clients?q=ada", type: "string" },
      "url.query": { value: "?q=ada", type: "string" },
      "http.response.status_code": { value: 200, type: "integer" },
      "user.email": { value: "ada@example.com", type: "string" },
      detail: "ada@example.com",
    },
  };
  expect(redactSpan(span)).toEqual({
    name: "GET https://api.brandvx.io/clients",
    span_id: "00f067aa0ba902b7",
    attributes: {
      "sentry.op": { value: "http.client", type: "string" },
      "url.full": { value: "https://api.brandvx.io/clients", type: "string" },
      "http.response.status_code": { value: 200, type: "integer" },
      detail: "[email]",
    },
  });
});

test("a span's attribute is only taken for Sentry's { value, type } where it has nothing else", () => {
  const attributes = {
    "app.step": { value: 3, type: "integer" },
    "app.wait": { value: 12.5, type: "double", unit: "millisecond" },
    "app.contact": { value: "vip", type: "string", email: "ada@example.com" },
    "app.form": { value: 1, first_name: "Ada", type: "ada@example.com" },
    "app.said": { value: "call +1 415 555 0132", type: "string" },
    "sentry.replay_id": "ada@example.com",
    "user_agent.original": { email: "ada@example.com" },
  };
  for (const key of ["attributes", "data"]) {
    const span = redactSpan({ [key]: attributes }) as Record<string, Record<string, unknown>>;
    expect(JSON.stringify(span)).not.toMatch(/ada|555|first_name/i);
    expect(span[key]).toMatchObject({
      "app.step": { value: 3, type: "integer" },
      "app.wait": { value: 12.5, type: "double", unit: "millisecond" },
    });
  }
});
