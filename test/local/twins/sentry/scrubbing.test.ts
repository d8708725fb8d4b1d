import { describe, expect, test } from "vitest";
import { scrub } from "../../../../src/local/twins/sentry/scrubbing.ts";
import { defaultKey, sentryWithProject } from "./support.ts";

const off = { dataScrubber: false };

/** The examples are those of Relay's own tests and of Sentry's documentation. */
describe("by a project's switches", () => {
  test.for<[string, object, unknown, unknown]>([
    ["nothing, when they are off", off, { password: "hello" }, { password: "hello" }],
    [
      "values under names of passwords",
      {},
      { the_secret: "hello", foo: "bar" },
      { the_secret: "[Filtered]", foo: "bar" },
    ],
    ["card numbers within a text", {}, { note: "'4571234567890111'" }, { note: "'[Filtered]'" }],
    ["IP addresses only when asked", {}, { at: "before 127.0.0.1 after" }, { at: "before 127.0.0.1 after" }],
    ["IP addresses", { scrubIPAddresses: true }, { at: "before 127.0.0.1 after" }, { at: "before [ip] after" }],
    [
      "names of one's own, in any case",
      { sensitiveFields: ["Salary"] },
      { MY_SALARY: "1" },
      { MY_SALARY: "[Filtered]" },
    ],
    [
      "a text in which such a name stands",
      { sensitiveFields: ["salary"] },
      { note: "his salary" },
      { note: "[Filtered]" },
    ],
    ["not what is called safe", { safeFields: ["the_secret"] }, { the_secret: "hello" }, { the_secret: "hello" }],
    ["objects under such a name", { sensitiveFields: ["person"] }, { person: { x: "1" } }, { person: null }],
  ])("%s", ([, settings, extra, expected]) => {
    expect(scrub({ extra }, settings as Record<string, unknown>)).toEqual({ extra: expected });
  });

  test("an exception's text is left alone, but by a rule that names it", () => {
    const event = { exception: { values: [{ type: "Error", value: "secret of ada@example.com" }] } };
    expect(scrub(event, {})).toEqual(event);
    const config = JSON.stringify({ applications: { "$error.value": ["@email"] } });
    expect(scrub(event, { relayPiiConfig: config })).toEqual({
      exception: { values: [{ type: "Error", value: "secret of [email]" }] },
    });
  });

  test("fields of the user are removed by a rule that names them", () => {
    const config = JSON.stringify({ applications: { "$user.email": ["@anything:remove"] } });
    const event = { user: { id: "1", email: "ada@example.com", ip_address: "203.0.113.7" } };
    expect(scrub(event, { relayPiiConfig: config, scrubIPAddresses: true })).toEqual({
      user: { id: "1", email: null, ip_address: null },
    });
  });
});

test("what the API shows is scrubbed, and what the SDK sent stays visible to tests", async () => {
  const { twin, api } = await sentryWithProject();
  const key = await defaultKey(api);
  const id = "a".repeat(32);
  const event = { event_id: id, message: "x", extra: { password: "hello" }, tags: { by: "test" } };
  const answer = await fetch(`${twin.url}/api/${key.projectId}/store/?sentry_key=${key.public}`, {
    method: "POST",
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(200);
  expect((await api.get(`/api/0/organizations/brandvx/eventids/${id}/`)).body.event.context).toEqual({
    password: "[Filtered]",
  });
  expect(twin.events().map(({ payload }) => payload)).toEqual([event]);
});
