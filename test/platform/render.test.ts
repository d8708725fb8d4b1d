import { describe, expect, test } from "vitest";
import { variableNamesOf } from "../../src/catalog/environment.ts";
import { ServerVariables } from "../../src/platform/render.ts";
import { checkedValue } from "../../src/platform/variables.ts";
import { registering } from "./mocks.ts";
import { sources } from "./sources.ts";

const type = "pulumi-nodejs:dynamic/render:ServiceVariables";

describe("the server app's variables", () => {
  test("each have the value of their source, and those that are secret are marked as secret", async () => {
    const { resource } = await registering(
      (options) => new ServerVariables("backend", { serviceId: "srv-1", values: sources() }, options),
    );
    const open = (value: string) => ({ visibility: "public", value });
    const secret = (value: string) => ({ visibility: "secret", value });
    expect(Object.keys(resource(type).inputs.variables as object).toSorted()).toEqual(
      variableNamesOf("server").toSorted(),
    );
    expect(resource(type).inputs).toMatchObject({
      serviceId: "srv-1",
      variables: {
        POSTHOG_API_KEY: open("phc_public"),
        POSTHOG_HOST: open("https://us.i.posthog.com"),
        POSTHOG_FLAGS_KEY: secret("phs_marked_secret"),
        SENTRY_DSN: secret("https://bbbb@o1.ingest.sentry.io/2"),
        SENTRY_ENVIRONMENT: open("production"),
        SENTRY_TRACES_SAMPLE_RATE: open("0.1"),
        REDIS_URL: secret("rediss://default:marked-secret@redis.example:6379"),
      },
      adopt: [],
      deploy: "after-change",
      __provider: 'exports.handler=()=>require("@brandvx/resources/render/providers").serviceVariables',
    });
    expect(resource(type).secretInputs).toEqual(["variables"]);
  });

  test("are made without the key for feature flags, where the stack has none", async () => {
    const { flagsKey: _, ...posthog } = sources().posthog;
    const { resource } = await registering(
      (options) => new ServerVariables("backend", { serviceId: "srv-1", values: { ...sources(), posthog } }, options),
    );
    expect(Object.keys(resource(type).inputs.variables as object).toSorted()).toEqual(
      variableNamesOf("server")
        .filter((name) => name !== "POSTHOG_FLAGS_KEY")
        .toSorted(),
    );
  });

  test("take over and deploy as they are told", async () => {
    const { resource } = await registering(
      (options) =>
        new ServerVariables(
          "backend",
          { ...{ serviceId: "srv-1", adopt: ["REDIS_URL"], deploy: "never" }, values: sources() },
          options,
        ),
    );
    expect(resource(type).inputs).toMatchObject({ adopt: ["REDIS_URL"], deploy: "never" });
  });
});

describe("a value that a variable must not have", () => {
  test("stops the program with the variable's and the source's name, and is not repeated", () => {
    const refused = () => checkedValue("VITE_POSTHOG_KEY", "phx_marked-secret");
    expect(refused).toThrow(
      "VITE_POSTHOG_KEY is not set: the value of posthog.projectKey must be a project key (phc_…): a personal key (phx_…) must not leave BrandVX",
    );
    expect(refused).not.toThrow(/marked-secret/);
    expect(() => checkedValue("REDIS_URL", undefined)).toThrow(
      "REDIS_URL is not set: the value of redis.url is missing",
    );
  });
});
