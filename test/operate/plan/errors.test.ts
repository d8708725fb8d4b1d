import { expect, test } from "vitest";
import { planOf } from "../support/plans.ts";

const urn = (name: string) => `urn:pulumi:test::brandvx-observability::pulumi-nodejs:dynamic/x:Y::${name}`;
const refused = 'Render does not accept the key ("Unauthorized"). Look at RENDER_API_KEY';
const elsewhere = "https://us.posthog.com does not accept the key. Look at POSTHOG_PERSONAL_API_KEY";
const again = (vendor: string) =>
  `${vendor} answered 401: the same error as another resource has, which says what to do`;
const errors = (...said: [name: string, message: string][]) =>
  planOf({ diagnostics: said.map(([name, message]) => ({ severity: "error", message, urn: urn(name) })) }).errors;

test("a key that is refused is one error, with the names of all that it concerns", () => {
  expect(
    errors(
      ["project", elsewhere],
      ["backend", refused],
      ["worker", refused],
      ["activation-funnel", again("PostHog")],
      ["ai-engagement", again("PostHog")],
      ["other", again("Render")],
    ),
  ).toEqual([
    `${elsewhere}\n  this also affects: activation-funnel, ai-engagement`,
    `${refused}\n  this also affects: worker, other`,
  ]);
});

test("errors of different causes stay what they are, and an echo alone is told once", () => {
  expect(errors(["a", "one"], ["b", "two"])).toEqual(["one", "two"]);
  expect(errors(["a", again("Sentry")], ["b", again("Sentry")])).toEqual([again("Sentry")]);
});

test("an error that the engine gives with its own lead-in and without it is one error", () => {
  const message =
    "GET https://api.cloudflare.com/client/v4/accounts/1/pages/projects/operator-ui: 401 Authentication error";
  expect(errors(["operator-ui", `Preview failed: ${message}`], ["operator-ui", `error: ${message}`])).toEqual([
    message,
  ]);
  expect(errors(["", "preview failed"], ["backend", `refresh failed: ${refused}`])).toEqual([refused]);
});
