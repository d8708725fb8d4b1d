import { expect, test } from "vitest";
import { redactRecording } from "../../../src/runtime/browser/recording.ts";

const element = (tagName: string, attributes: Record<string, unknown>, childNodes: unknown[] = []) => ({
  type: 2,
  tagName,
  attributes,
  childNodes,
});

test("of a recorded page, links keep no contact data, queries and credentials; looks stay", () => {
  const page = element("html", { lang: "en" }, [
    element("a", { href: "tel:+15551234567", class: "phone-5551234567" }),
    element("a", { href: "mailto:ada@example.com?subject=x", style: "width: 12345678px" }),
    element("a", { href: "https://app/clients?name=ada" }, [
      element("b", { "data-contact": "ada@example.com", title: "***" }),
    ]),
    element("img", { src: "data:image/png;base64,AAAA", alt: "+1 555 123 4567", rr_width: "12345678px" }),
    element("path", { d: "M 1234567 89" }),
  ]);
  expect(redactRecording({ type: 2, data: { node: page } }).data.node).toEqual(
    element("html", { lang: "en" }, [
      element("a", { href: "tel:", class: "phone-5551234567" }),
      element("a", { href: "mailto:", style: "width: 12345678px" }),
      element("a", { href: "https://app/clients" }, [element("b", { "data-contact": "", title: "***" })]),
      element("img", { src: "data:,", alt: "[phone]", rr_width: "12345678px" }),
      element("path", { d: "M 1234567 89" }),
    ]),
  );
});

test("so do changes of it", () => {
  const change = {
    source: 0,
    adds: [{ parentId: 1, node: element("a", { href: "sms:+15551234567" }) }],
    attributes: [{ id: 2, attributes: { href: "https://app/x?q=ada", title: null } }],
  };
  expect(redactRecording({ type: 3, data: change }).data).toMatchObject({
    adds: [{ node: { attributes: { href: "sms:" } } }],
    attributes: [{ attributes: { href: "https://app/x", title: null } }],
  });
});

test("the address of the page and what Sentry adds are redacted as elsewhere", () => {
  expect(redactRecording({ type: 4, data: { href: "https://app/reset?token=1", width: 800 } }).data).toEqual({
    href: "https://app/reset",
    width: 800,
  });
  const payload = {
    op: "resource.fetch",
    description: "https://api/send?to=ada@example.com",
    data: { method: "POST" },
  };
  expect(redactRecording({ type: 5, data: { tag: "performanceSpan", payload } }).data).toEqual({
    tag: "performanceSpan",
    payload: { ...payload, description: "https://api/send" },
  });
});

test("positions, scrolling and the like stay as they are", () => {
  const move = { type: 3, data: { source: 1, positions: [{ x: 1, y: 2, id: 3, timeOffset: 0 }] } };
  expect(redactRecording(move)).toBe(move);
  expect(redactRecording({ type: 0 })).toEqual({ type: 0 });
});

test("a very large page is walked without recursion", () => {
  let node = element("div", { href: "tel:+15551234567" });
  for (let depth = 0; depth < 50_000; depth += 1) node = element("div", {}, [node]);
  expect(() => redactRecording({ type: 2, data: { node } })).not.toThrow();
});
