import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary.ts";
import { appWorkflow, stepsIn } from "../support/workflows.ts";

/** Runs the step as it is written, with what Cloudflare answers in place of curl. */
async function variables(set: string, curl: string) {
  using folder = temporaryFolder("brandvx-variables-");
  writeFileSync(join(folder.path, "curl"), `#!/usr/bin/env bash\n${curl}\n`);
  chmodSync(join(folder.path, "curl"), 0o755);
  const step = stepsIn(folder.path, { PATH: [folder.path, process.env.PATH].join(delimiter), HOME: folder.path });
  return await step(appWorkflow, "deploy", "Variables of the app", {
    ...{ SET: set, CLOUDFLARE_API_TOKEN: "marked-secret", CLOUDFLARE_ACCOUNT_ID: "1", PAGES_PROJECT: "operator-ui" },
  });
}

const answers = (env_vars: unknown): string =>
  `cat <<'END'\n${JSON.stringify({ result: { deployment_configs: { production: { env_vars } } } })}\nEND`;

test("a build has the VITE_ variables of its set, and no other", async () => {
  const ran = await variables(
    "production",
    answers({ VITE_SENTRY_DSN: { value: "https://k@o1.example/1" }, VITE_A: { value: "a b" }, THEIRS: { value: "x" } }),
  );
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(ran.variables).toBe("VITE_SENTRY_DSN=https://k@o1.example/1\nVITE_A=a b\n");
});

test.for([
  ["Cloudflare refuses", "echo 'curl: (22) The requested URL returned error: 403' >&2; exit 22"],
  ["Cloudflare cannot be reached", "exit 6"],
  ["the answer breaks off", 'printf \'{"result":{"deployment_configs":\'; exit 18'],
])("no app is built without its keys: %s", async ([, curl = ""]) => {
  for (const set of ["production", "preview"]) {
    const ran = await variables(set, curl);
    expect(ran.exitCode, set).not.toBe(0);
    expect(ran.variables).toBe("");
  }
});

test.for([
  ["no variables", answers({})],
  ["only others' variables", answers({ THEIRS: { value: "x" } })],
  ["no settings at all", "echo '{\"result\":{}}'"],
])("production is not built where the project has %s, and the error says what to look at", async ([, curl = ""]) => {
  const ran = await variables("production", curl);
  expect(ran.exitCode).toBe(1);
  expect(ran.stdout).toMatch(/^::error::the project operator-ui has no VITE_ variables in its production set/);
  expect(ran.variables).toBe("");
});

test("a preview is built where the stack writes no variables for previews", async () => {
  const ran = await variables("preview", answers({ VITE_A: { value: "of production" } }));
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(ran.variables).toBe("VITE_SENTRY_ENVIRONMENT=preview\n");
});
