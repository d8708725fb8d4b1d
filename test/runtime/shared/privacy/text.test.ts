import { describe, expect, test } from "vitest";
import { cutText, redactText } from "../../../../src/runtime/shared/privacy/text.ts";

describe("what is private in a text", () => {
  test.for([
    ["write to ada@example.com, please", "write to [email], please"],
    ["<ada@example.com>", "<[email]>"],
    ['"ada lovelace"@example.com', "[email]"],
    ["/invite?to=ada%40example.com&as=owner", "/invite"],
    ['{"to":"ada\\u0040example.com"}', '{"to":"[email]"}'],
    ["call +1 (555) 123-4567 now", "call [phone] now"],
    ["call 555.123.4567", "call [phone]"],
    ["+49%20151%2012345679", "[phone]"],
    ["SSN 078-05-1120", "SSN [number]"],
    ["paid with 4242 4242 4242 4242", "paid with [card]"],
    ["from 192.168.100.20", "from [ip]"],
    ["POST https://api.brandvx.io/send?to=ada failed", "POST https://api.brandvx.io/send failed"],
    ["GET /clients?name=Ada 500", "GET /clients 500"],
    ["Authorization: Bearer abc.def-123", "Authorization: [token]"],
    ["Cookie: sid=abc; theme=dark", "Cookie: [token]"],
    ["password=hunter2&next=/", "password=[token]&next=/"],
    ['{"apiKey": "my pass phrase", "mode": "chat"}', '{"apiKey": "[token]", "mode": "chat"}'],
    ["redis://default:hunter2@eu1.upstash.io:6379", "redis://[token]@eu1.upstash.io:6379"],
    ["sk_live_4eC39HqLyjWDarjtT1zdp7dc", "[token]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP", "[token]"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "[token]"],
    ["session 9f86d081884c7d659a2feaa0c55ad015", "session [token]"],
  ] as const)("%s → %s", ([given, expected]) => {
    expect(redactText(given)).toBe(expected);
  });
});

describe("what is not private stays readable", () => {
  test.for([
    "sms",
    "connect_tools",
    "template_2026_spring_promo_v2",
    "Failed to fetch dynamically imported module",
    "TypeError: Cannot read properties of undefined (reading 'map')",
    "user 3fa85f64-5717-4562-b3fc-2c963f66afa6 at 2026-11-01T09:00:00.123Z",
    "took 1234.5 ms for 120 messages",
    "ERR_MODULE_NOT_FOUND @sentry/node@11.12.0",
    "at send@https://app.brandvx.io/assets/index-BkX29dKz.js:12:3456",
    "Cannot find package '@sentry/node' imported from /app/node_modules/@brandvx/observability/dist/server.js",
    "/clients/appointments/overview",
    "👩‍👧 said hi",
  ])("%s", (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe("a text that is too long", () => {
  test("is cut at 120 characters, and not in the middle of a surrogate pair", () => {
    const words = (count: number) => "ab ".repeat(50).slice(0, count);
    expect(redactText(`${words(119)}👩`, 120)).toBe(words(119));
    expect(redactText(`${words(118)}👩!`, 120)).toBe(`${words(118)}👩`);
    expect(cutText("\ud83d".repeat(4), 2)).toBe("\ud83d".repeat(2));
  });

  test("is not cut in the middle of an address, so that no half of it is left", () => {
    const text = `${"word ".repeat(1_637)}ada.lovelace@example.com`;
    expect(text.indexOf("ada")).toBeLessThan(8_192);
    expect(redactText(text)).not.toContain("ada");
  });

  test("is redacted before it is cut, so that what is private does not slip through at the end", () => {
    expect(redactText(`${"word ".repeat(22)}ada@example.com`, 120)).toBe(`${"word ".repeat(22)}[email]`);
    expect(redactText(`${"word ".repeat(23)}ada@example.com`, 120)).toBe("word ".repeat(23));
  });
});
