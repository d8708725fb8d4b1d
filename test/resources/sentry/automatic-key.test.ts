import { expect, test } from "vitest";
import { automaticKeys } from "../../../src/resources/sentry/project-settings/automatic-key.ts";

const project = { id: "1", slug: "operator-ui", dateCreated: "2026-11-01T10:00:00Z" };
const key = (name: string, dateCreated: string | null) => ({ id: name + dateCreated, name, dateCreated });

test.each([
  ["Default", "2026-11-01T10:00:02Z", true],
  ["Default", "2026-11-05T10:00:00Z", false],
  ["Default", null, false],
  ["default", "2026-11-01T10:00:02Z", false],
  ["operator-ui", "2026-11-01T10:00:02Z", false],
])("a key %s of %s is the automatic one: %s", (name, dateCreated, isAutomatic) => {
  expect(automaticKeys(project, [key(name, dateCreated)])).toHaveLength(isAutomatic ? 1 : 0);
});
