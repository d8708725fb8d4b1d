import { execa } from "execa";
import { expect, test } from "vitest";

/** The provider names that a state can use, read as Pulumi's provider process does: by `require`, in the project's folder. */
async function namesOf(vendor: string): Promise<string[]> {
  const script = `console.log(JSON.stringify(Object.keys(require("@brandvx/resources/${vendor}/providers"))))`;
  const { stdout } = await execa(process.execPath, ["--disable-warning=ExperimentalWarning", "-e", script]);
  return (JSON.parse(stdout) as string[]).toSorted();
}

// Every existing state refers to its providers by these names. Names may be added here; none may be removed.
test.for([
  [
    "posthog",
    [
      "annotation",
      "dashboard",
      "eventDefinitions",
      "eventFilter",
      "eventSchemas",
      "insightAlert",
      "project",
      "projectSettings",
    ],
  ],
] as const)("the providers of %s are found by the names in state", async ([vendor, names]) => {
  expect(await namesOf(vendor)).toEqual(expect.arrayContaining([...names]));
});
