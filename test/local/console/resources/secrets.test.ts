import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutSecrets } from "../../../../src/local/console/resources/secrets.ts";

const key = "0f3c9a7be81d4c66a2d5b9e07c41f8aa";

test("a Sentry key is hidden, also in the addresses and the id that repeat it", () => {
  const shown = withoutSecrets({
    ...{ id: key, name: "backend-1", label: "backend-1", isActive: true, public: key, secret: "f00dfeed".repeat(4) },
    dsn: {
      public: `https://${key}@o1.ingest.example/2`,
      csp: `https://o1.ingest.example/api/2/csp/?sentry_key=${key}`,
    },
  });
  expect(shown).toEqual({
    ...{ id: "•••", name: "backend-1", label: "backend-1", isActive: true, public: "•••", secret: "•••" },
    dsn: { public: "•••", csp: "https://o1.ingest.example/api/2/csp/?sentry_key=•••" },
  });
});

test("variables of the catalog that are secret are hidden as Pages and as Render have them, others are shown", () => {
  const redis = "rediss://default:s3cret-password@127.0.0.1:6380";
  expect(
    withoutSecrets([
      { envVar: { key: "REDIS_URL", value: redis } },
      { envVar: { key: "SENTRY_ENVIRONMENT", value: "local" } },
      {
        env_vars: {
          REDIS_URL: { type: "secret_text", value: redis },
          VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_1" },
        },
      },
      { REDIS_URL: redis },
    ]),
  ).toEqual([
    { envVar: { key: "REDIS_URL", value: "•••" } },
    { envVar: { key: "SENTRY_ENVIRONMENT", value: "local" } },
    {
      env_vars: {
        REDIS_URL: { type: "secret_text", value: "•••" },
        VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_1" },
      },
    },
    { REDIS_URL: "•••" },
  ]);
});

test("wherever a password stands in an answer, and whatever repeats it, it is not shown", () => {
  const around = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 3 }),
      fc.constantFrom("password", "restToken", "api_key").map((name) => ({ [name]: "hunter2-hunter2" })),
      fc.constant({ connection: "redis-cli -u rediss://default:hunter2-hunter2@127.0.0.1" }),
    ),
  })).value;
  fc.assert(
    fc.property(around, (value) => {
      const shown = JSON.stringify(withoutSecrets({ password: "hunter2-hunter2", value }));
      expect(shown).not.toContain("hunter2-hunter2");
    }),
  );
});

test("what has no secrets in it is shown as it is", () => {
  fc.assert(
    fc.property(
      fc.jsonValue().filter((value) => !/password|secret|token|dsn|key|public/i.test(JSON.stringify(value))),
      (value) => {
        expect(withoutSecrets(value)).toEqual(value);
      },
    ),
  );
});
