import { expect, test } from "vitest";
import { events } from "../../src/catalog/events.ts";
import { privacyClasses } from "../../src/catalog/privacy.ts";
import { privacyTable } from "../../src/catalog/privacy-table.ts";

test("the table says for each property of each event in which form it may leave", () => {
  expect(privacyTable["cadence.message_failed"]).toEqual({
    channel: "plain",
    template_id: "id",
    contact_id: "id",
    error: "truncated-120",
  });
  expect(privacyTable.client_error.stack).toBe("forbidden");
  expect(Object.keys(privacyTable)).toEqual(Object.keys(events));
});

test("the table is plain data: it survives JSON, so that a build can put it in place of the catalog", () => {
  expect(JSON.parse(JSON.stringify(privacyTable))).toEqual(privacyTable);
});

test("each class in the table is one that privacy.ts explains", () => {
  const used = new Set(Object.values(privacyTable).flatMap((row) => Object.values(row)));
  expect(Object.keys(privacyClasses)).toEqual(expect.arrayContaining([...used]));
});
