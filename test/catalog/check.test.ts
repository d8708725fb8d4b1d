import { expect, test } from "vitest";
import * as z from "zod";
import { catalogFindings } from "../../src/catalog/check.ts";
import { event } from "../../src/catalog/event.ts";
import { events } from "../../src/catalog/events.ts";

const good = { type: z.string(), meaning: "Key of the step", privacy: "plain" } as const;
const described = { source: "browser", purpose: "Something happened", owner: "growth", properties: {} } as const;

const problems = (catalog: Parameters<typeof catalogFindings>[0]) => catalogFindings(catalog).map((f) => f.problem);

test("nothing is wrong with BrandVX's catalog", () => {
  expect(catalogFindings(events)).toEqual([]);
});

test("a new name that is not dot.case is named", () => {
  const [finding] = catalogFindings({ share_prompt: event(described) });
  expect(finding).toEqual({
    where: 'src/catalog/events.ts  event "share_prompt"',
    problem: "the event name share_prompt is not dot.case",
    fix: "name it area.what_happened, in lower case, e.g. onboarding.step_viewed",
    value: "share_prompt",
  });
});

test.each(["share.prompt", "share.prompt_opened", "share.prompt.opened2"])("%s is dot.case", (name) => {
  expect(problems({ [name]: event(described) })).toEqual([]);
});

test.each([
  "Share.prompt",
  "share.",
  ".prompt",
  "share..prompt",
  "share.prompt-opened",
  "share.prompt opened",
  "share._prompt",
  "$share.prompt",
  "",
])("'%s' is not dot.case", (name) => {
  expect(problems({ [name]: event(described) })).toEqual([`the event name ${name} is not dot.case`]);
});

test("a new name cannot declare itself an exception", () => {
  expect(problems({ share_prompt: event({ ...described, namingException: "older than the dot.case rule" }) })).toEqual([
    "share_prompt claims to be an exception from dot.case (older than the dot.case rule), it is none",
  ]);
});

test("an old name without its mark is not an exception either", () => {
  expect(problems({ landing_view: event(described) })).toEqual(["the event name landing_view is not dot.case"]);
});

test("two spellings of one name are a duplicate", () => {
  expect(problems({ "ask.prompt_submitted": event(described), "ask.prompt.submitted": event(described) })).toEqual([
    "the event ask.prompt.submitted is a duplicate of ask.prompt_submitted",
  ]);
});

test("an event without purpose is named", () => {
  expect(problems({ "share.prompt": event({ ...described, purpose: " " }) })).toEqual([
    "the event share.prompt has no purpose",
  ]);
});

test("an undocumented property is named, as is a number without a unit", () => {
  const undocumented = event({
    ...described,
    properties: { step: { ...good, meaning: "" }, count: { ...good, type: z.int().optional() } },
  });
  expect(problems({ "share.prompt": undocumented })).toEqual([
    "the property step of share.prompt is undocumented: it has no meaning",
    "the property count of share.prompt is a number without a unit",
  ]);
});

test("a property whose type does not keep what its privacy class promises is named", () => {
  const careless = event({
    ...described,
    properties: {
      error: { ...good, privacy: "truncated-120" },
      user: { ...good, type: z.boolean(), privacy: "id" },
      contact: { ...good, type: z.number(), unit: "characters", privacy: "hashed" },
      note: { ...good, privacy: "forbidden" },
      contactEmail: good,
      EMail: good,
    },
  });
  expect(problems({ "share.prompt": careless })).toEqual([
    "the property error of share.prompt is truncated-120 but may be longer",
    "the property user of share.prompt is id but no text",
    "the property contact of share.prompt is hashed but no text",
    "the property note of share.prompt is forbidden but may carry a value",
    "the property EMail of share.prompt has a name that must never leave BrandVX",
  ]);
});

test("all findings come at once", () => {
  const findings = catalogFindings({
    Bad: event({ ...described, purpose: "", properties: { step: { ...good, meaning: "" } } }),
    "share.prompt": event({ ...described, properties: { phone: good } }),
  });
  expect(findings.map(({ where }) => where)).toEqual([
    'src/catalog/events.ts  event "Bad"',
    'src/catalog/events.ts  event "Bad"',
    'src/catalog/events.ts  event "Bad"  property "step"',
    'src/catalog/events.ts  event "share.prompt"  property "phone"',
  ]);
});
