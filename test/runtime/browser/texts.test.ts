import { expect, test } from "vitest";
import { messageOf, textOf } from "../../../src/runtime/browser/texts.ts";

class Order {
  readonly id = 7;
  readonly open = true;
  readonly customer = "Ada Lovelace";
}

test.for<[unknown, string]>([
  ["text", "text"],
  [undefined, "undefined"],
  [null, "null"],
  [Symbol("s"), "Symbol(s)"],
  [new RangeError("too far"), "RangeError: too far"],
  [new DOMException("gone", "AbortError"), "AbortError: gone"],
  [{ message: "no", code: 42 }, "Object: no"],
  [{ status: 500, ok: false, body: "Ada" }, "Object {status: 500, ok: false, body}"],
  [new Order(), "Order {id: 7, open: true, customer}"],
  [Object.create(null), "Object {}"],
  [[1, "Ada"], "Array(2)"],
  [new Map([["Ada", 1]]), "Map {}"],
  [new Date(0), String(new Date(0))],
  [{ localName: "button", textContent: "Ada" }, "<button>"],
  [{ toString: () => "odd" }, "odd"],
  [
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, index])),
    /^Object \{k0: 0, .*k7: 7, …\}$/.source,
  ],
])("%o is told as what it is, and its texts are not", ([value, told]) => {
  if (told.startsWith("^")) expect(textOf(value)).toMatch(new RegExp(told));
  else expect(textOf(value)).toBe(told);
});

test("what holds itself is told, too", () => {
  const loop: Record<string, unknown> = { level: 1 };
  loop.self = loop;
  expect(textOf(loop)).toBe("Object {level: 1, self}");
});

test("placeholders are filled in as the console does", () => {
  expect(messageOf(["%s failed: %o", "sync", { code: 4 }, "again"])).toBe("sync failed: Object {code: 4} again");
  expect(messageOf(["%cstyled", "color: red"])).toBe("styled");
  expect(messageOf(["100 %s"])).toBe("100 %s");
  expect(messageOf([new Error("no"), "after"])).toBe("Error: no after");
});
