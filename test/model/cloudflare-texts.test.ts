import { expect, test } from "vitest";
import { pagesVariablesInputs } from "../../src/resources/cloudflare/variables/inputs.ts";
import { findProblems } from "../../src/resources/kernel/check.ts";
import { serviceVariablesInputs } from "../../src/resources/render/variables/inputs.ts";
import { cloudflareWithProject, plain, project } from "../local/twins/cloudflare/support.ts";

const problemsOf = (value: string) => [
  ...findProblems(
    pagesVariablesInputs,
    { accountId: "a", projectName: "a", production: { A: plain(value) }, adopt: [] },
    ["production"],
  ),
];

test("a value of 5,000 bytes is taken by the check and by Cloudflare, whatever characters it is of", async () => {
  const { api } = await cloudflareWithProject();
  for (const value of ["x".repeat(5000), "🙂".repeat(1250)]) {
    expect(problemsOf(value)).toEqual([]);
    const body = { deployment_configs: { production: { env_vars: { A: plain(value) } } } };
    expect((await api.patch(project, body)).status).toBe(200);
  }
});

test("a longer one is refused by the check, which does not repeat it, and one of more than 5 KB by Cloudflare", async () => {
  const { api } = await cloudflareWithProject();
  for (const value of ["x".repeat(5001), "🙂".repeat(1251)]) {
    expect(problemsOf(value)).toEqual([
      { property: "production.A.value", reason: "Cloudflare takes values of at most 5000 bytes" },
    ]);
  }
  const body = { deployment_configs: { production: { env_vars: { A: plain("x".repeat(5121)) } } } };
  expect(await api.patch(project, body)).toMatchObject({ status: 400, body: { success: false } });
});

test.each([
  ["a NUL character", "a\0b", "ends at a NUL character"],
  ["half a character", "a\ud83d", "holds half a character"],
])("a value with %s is refused for either host, without being repeated", (_, value, reason) => {
  const variables = { A: { visibility: "secret", value } };
  const service = { serviceId: "srv-1", variables, adopt: [], deploy: "never" };
  const found = [...problemsOf(value), ...findProblems(serviceVariablesInputs, service, ["variables"])];
  expect(found).toHaveLength(2);
  for (const one of found) expect(one.reason).toMatch(new RegExp(`^a variable's value ${reason}[^(]*$`));
});
