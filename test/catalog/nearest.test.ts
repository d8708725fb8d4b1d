import { expect, test } from "vitest";
import { nearest, suggestion } from "../../src/catalog/nearest.ts";

test("a mistyped word finds the one that was meant", () => {
  expect(nearest("stepp", ["step", "position", "direction"])).toBe("step");
  expect(nearest("ask.prompt_submited", ["ask.prompt_submitted", "ask.response_error"])).toBe("ask.prompt_submitted");
});

test("a word that resembles nothing finds nothing", () => {
  expect(nearest("revenue", ["channel", "fallback"])).toBeUndefined();
  expect(nearest("anything", [])).toBeUndefined();
});

test("a suggestion names the nearest word, otherwise all there are", () => {
  expect(suggestion("chanel", ["channel", "fallback"])).toBe("did you mean channel?");
  expect(suggestion("revenue", ["channel", "fallback"])).toBe("there is channel, fallback");
  expect(suggestion("step", [])).toBe("there is none to choose from");
});
