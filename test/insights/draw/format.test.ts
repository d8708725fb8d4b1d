import { describe, expect, test } from "vitest";
import { labelledPoints } from "../../../src/insights/draw/charts/axes.ts";
import { formatNumber, formatSeconds, type NumberFormat } from "../../../src/insights/draw/format.ts";
import { fitted, textWidth, wrapped, wrappedName } from "../../../src/insights/draw/svg/text.ts";
import { coloursOf } from "../../../src/insights/draw/theme.ts";
import { dayLabel } from "../../../src/insights/draw/views/days.ts";

describe("numbers", () => {
  test.each<[number, NumberFormat, "exact" | "short", string]>([
    [1234.567, "numeric", "exact", "1,234.57"],
    [12_345, "numeric", "short", "12.3k"],
    [2_500_000, "short", "exact", "2.5M"],
    [0.0512, "percentage_scaled", "exact", "5.1 %"],
    [33.333, "percentage", "exact", "33.3 %"],
    [450, "duration_ms", "exact", "450 ms"],
    [2600, "duration_ms", "exact", "2.6 s"],
    [0, "duration_ms", "exact", "0 s"],
    [3725, "duration", "exact", "1 h 2 min"],
    [0.0004, "percentage_scaled", "short", "0.04 %"],
    [0.0137, "percentage_scaled", "exact", "1.4 %"],
    [0.0037, "numeric", "short", "0.0037"],
    [0.4, "duration_ms", "exact", "0.4 ms"],
    [0.1 + 0.2, "numeric", "exact", "0.3"],
    [0.1 + 0.2 - 0.3, "numeric", "exact", "0"],
    [-0, "numeric", "exact", "0"],
    [-0.5, "numeric", "exact", "-0.5"],
    [3e13, "short", "exact", "30T"],
  ])("%d as %s, %s, is %s", (value, format, length, text) => {
    expect(formatNumber(value, { format, prefix: "", postfix: "" }, length)).toBe(text);
  });

  test("may have something in front and behind", () => {
    expect(formatNumber(5, { format: "numeric", prefix: "$", postfix: " each" })).toBe("$5 each");
  });
});

test.each([
  [0, "0 s"],
  [1.25, "1.3 s"],
  [59.6, "1 min"],
  [125, "2 min 5 s"],
  [86_400, "1 d"],
  [100_000, "1 d 3 h"],
  [-90, "-1 min 30 s"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

describe("texts", () => {
  test("are wrapped at spaces, names behind their dots and underscores", () => {
    expect(wrapped("one two three", textWidth("one two", 12), 12)).toEqual(["one two", "three"]);
    expect(wrappedName("onboarding.step_viewed", textWidth("step_viewed", 12), 12, 3)).toEqual([
      "onboarding.",
      "step_viewed",
    ]);
  });

  test("are cut where there is no room", () => {
    expect(wrapped("one two three four", textWidth("one two", 12), 12, 1)).toEqual([
      expect.stringMatching(/^one t?.*…$/),
    ]);
    expect(fitted("onboarding", textWidth("onboa…", 12), 12)).toBe("onboa…");
  });
});

describe("points of an axis", () => {
  test("days are dates, hours are times except for midnight", () => {
    expect(["2026-11-01", "2026-11-01 00:00:00", "2026-11-01 13:00:00"].map(dayLabel)).toEqual([
      "1 Nov",
      "1 Nov",
      "13:00",
    ]);
  });

  test("hours get labels at even distances from midnight", () => {
    const hours = Array.from(
      { length: 48 },
      (_, hour) => `2026-11-0${1 + Math.floor((hour + 20) / 24)} ${String((hour + 20) % 24).padStart(2, "0")}:00:00`,
    );
    const isLabelled = labelledPoints(hours, 250);
    expect(hours.filter((_, index) => isLabelled(index)).map(dayLabel)).toEqual(["2 Nov", "12:00", "3 Nov", "12:00"]);
  });
});

describe("colours", () => {
  /** W3C: relative luminance and contrast of WCAG 2. */
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };

  test.each(["light", "dark"] as const)("%s: texts and lines stand out from the card", (theme) => {
    const { page, track, card, text, muted, alarm, series, other, missing } = coloursOf(theme);
    for (const colour of [text, muted, alarm]) expect(contrast(colour, card)).toBeGreaterThanOrEqual(4.5);
    // The question is drawn on the page, the numbers of a funnel on the empty part of its bars.
    for (const [colour, ground] of [
      [text, page],
      [muted, page],
      [text, track],
    ] as const)
      expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
    for (const colour of [...series, other, missing]) expect(contrast(colour, card), colour).toBeGreaterThanOrEqual(3);
  });
});
