import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { dashboards } from "../../../dashboards/index.ts";
import { event } from "../../../src/catalog/event.ts";
import { catalogFacts } from "../../../src/catalog/facts.ts";
import { loadDefinitions } from "../../../src/operate/catalog/definitions.ts";
import { catalogPage, pagePath } from "../../../src/operate/catalog/page.ts";
import { eventsIn, eventUses } from "../../../src/operate/catalog/usage.ts";
import { catalogChanges } from "../../../src/operate/changes/catalog.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

test("the page of events is current", async () => {
  const page = catalogPage(await loadDefinitions(checkout));
  expect(readFileSync(`${checkout}${pagePath}`, "utf8"), "npx obs catalog writes it anew").toBe(page);
});

test("an event of SQL is seen, too", () => {
  const query = (sql: string) => ({ kind: "DataVisualizationNode", source: { kind: "HogQLQuery", query: sql } });
  expect(eventsIn(query("select 1 from events where event = 'a.b' and timestamp > now()"))).toEqual(["a.b"]);
  expect(eventsIn(query("select 1 from events where event in ('a.b', 'c.d')"))).toEqual(["a.b", "c.d"]);
});

const properties = {
  step: { type: z.string(), meaning: "Which step", privacy: "plain" },
  chars: { type: z.int().min(0).optional(), unit: "characters", meaning: "How long", privacy: "plain" },
} as const;
const about = { source: "browser", purpose: "A step came into view", owner: "growth" } as const;

test("what differs between two catalogs is told event by event, with the tiles that ask for each", () => {
  const { step, chars } = properties;
  const before = catalogFacts({
    "onboarding.step_viewed": event({ ...about, properties: { step, chars } }),
    "onboarding.old": event({ ...about, properties: {} }),
  });
  const after = catalogFacts({
    "onboarding.step_viewed": event({
      ...about,
      owner: "ai",
      properties: {
        chars: { ...chars, type: z.int().min(0) },
        mode: { type: z.enum(["a", "b"]), meaning: "Mode", privacy: "hashed" },
      },
    }),
    "onboarding.new": event({ ...about, properties: { step } }),
  });
  const changes = catalogChanges(before, after, eventUses(dashboards));
  expect(changes.map(({ event: name, change, words, uses }) => [name, change, words.map(String), uses.length])).toEqual(
    [
      [
        "onboarding.step_viewed",
        "changed",
        [
          "owner growth → ai",
          "chars is always there from now on",
          "also carries mode: a or b (privacy: hashed)",
          "no longer carries step",
        ],
        4,
      ],
      ["onboarding.new", "new", ["A step came into view (sent by the browser)", "properties: step"], 0],
      ["onboarding.old", "removed", [], 0],
    ],
  );
});
