import { expect, test } from "vitest";
import { asItWorksHere } from "../../../src/operate/command/printed.ts";

test.for([
  ["`pulumi up --refresh --stack local` heals it", "`npm run pulumi -- up --refresh --stack local` heals it"],
  [
    "pulumi config set --stack local a b, then pulumi up",
    "npm run pulumi -- config set --stack local a b, then npm run pulumi -- up",
  ],
  ["pulumi up --stack staging", "pulumi up --stack staging"],
  ["pulumi up --stack local-2", "pulumi up --stack local-2"],
  ["`npm run pulumi -- up --stack local`", "`npm run pulumi -- up --stack local`"],
  ["pulumi ended with exit code 1", "pulumi ended with exit code 1"],
  ["@pulumi/pulumi up to 3.2 --stack local", "@pulumi/pulumi up to 3.2 --stack local"],
])("a command of the local stack is printed as it works: %s", ([given = "", printed = ""]) => {
  expect(asItWorksHere(given, { hasPulumi: true })).toBe(printed);
});

test("a whole report of the local stack, and any where no pulumi is on PATH, says how Pulumi is called", () => {
  expect(asItWorksHere("run pulumi up\npulumi preview", { hasPulumi: true, stack: "local" })).toBe(
    "run npm run pulumi -- up\nnpm run pulumi -- preview",
  );
  expect(asItWorksHere("pulumi stack init production", { hasPulumi: false })).toBe(
    "npm run pulumi -- stack init production",
  );
});
