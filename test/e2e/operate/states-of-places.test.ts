/** Output of `obs drift`, `obs setup` and the summary of `npm start` for each state of a place. The other commands: test/operate/places.test.ts. */
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccount, localKeys } from "../../../src/local/account.ts";
import { cloudHas, printVariables, variableRows } from "../../../src/local/summary.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { obs } from "./obs.ts";

let at: Awaited<ReturnType<typeof cloudStack>>;
/** State without any stack, as for somebody who sets one up. */
const noState = temporaryFolder("brandvx-no-state-");
beforeAll(async () => {
  at = await cloudStack();
  const up = await at.stack.up();
  expect(up.exitCode, up.text).toBe(0);
});
afterAll(async () => {
  await at?.[Symbol.asyncDispose]();
  noState[Symbol.dispose]();
});

interface State {
  /** Brings the places into the state. */
  readonly make?: () => Promise<unknown>;
  /** Keys in the environment of a command that differ from the right ones. */
  readonly keys?: Readonly<Record<string, string>>;
}

const other = {
  token: "wrong-cloudflare-token-0123456789012345678901234567",
  redis: "rediss://default:marked-other@other-1.upstash.io:6379",
};
const plain = (value: string) => ({ type: "plain_text", value });
const hand = () => byHand(at.cloud);

/** Each run of the engine costs seconds, so variables of the same app are in different states at once. */
const states: Readonly<Record<string, State>> = {
  "as it was written": {},
  "both places unreadable": { keys: { CLOUDFLARE_API_TOKEN: other.token, RENDER_API_KEY: "rnd_wrong" } },
  "the server app's place not looked at, for want of a key": { keys: { RENDER_API_KEY: "" } },
  "VITE_POSTHOG_KEY and POSTHOG_API_KEY absent, VITE_SENTRY_ENVIRONMENT and POSTHOG_HOST empty, VITE_SENTRY_DSN hidden, VITE_POSTHOG_HOST, SENTRY_DSN and REDIS_URL different":
    {
      make: async () => {
        const dsn = at.cloud.cloudflare.variables("operator-ui")?.VITE_SENTRY_DSN?.value ?? "";
        const env_vars = {
          VITE_POSTHOG_KEY: null,
          VITE_POSTHOG_HOST: plain("https://other.example"),
          VITE_SENTRY_DSN: { type: "secret_text", value: dsn },
          VITE_SENTRY_ENVIRONMENT: plain(""),
        };
        await hand().pages("PATCH", "/operator-ui", { deployment_configs: { production: { env_vars } } });
        await hand().render("DELETE", "env-vars/POSTHOG_API_KEY");
        for (const [name, value] of Object.entries({ POSTHOG_HOST: "", SENTRY_DSN: dsn, REDIS_URL: other.redis }))
          await hand().render("PUT", `env-vars/${name}`, { value });
      },
    },
  "no such project, and no such service": {
    make: async () => {
      await hand().pages("DELETE", "/operator-ui");
      await hand().render("DELETE", `../${localAccount.render.serviceId}`);
    },
  },
};

/** Output of each command, with its exit code. */
async function outputs(keys: State["keys"]): Promise<Record<string, string>> {
  const { folder, env } = at.stack;
  const run = async (more: Record<string, string>, ...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await obs({ folder, env: { ...env, ...keys, ...more } }, ...args);
    return `${stdout.trim() || stderr.trim()}\n\n(exit code ${exitCode})`;
  };
  const [drift, setup] = await Promise.all([
    run({}, "drift", "--stack", "test"),
    run({ PULUMI_BACKEND_URL: pathToFileURL(noState.path).href }, "setup", "--stack", "test", "--dry-run"),
  ]);
  const summary = printVariables(variableRows((name) => cloudHas(at.cloud, name)));
  // The local cloud needs no key to know its own variables.
  return { drift, setup: aboutPlaces(setup), ...(keys ? {} : { "npm start": summary }) };
}

/** What exists at the other vendors, and the ids of its objects, belong to test/e2e/operate/setup.test.ts. */
const aboutPlaces = (page: string): string =>
  page
    .split("\n\n")
    .filter((section) => !/^(?:What would be set|Next)\n/.test(section))
    .map((section) => section.replaceAll(/^ {2}(?:PostHog|Sentry|Upstash)\n(?: {4}.*\n?)*/gm, "").trimEnd())
    .join("\n\n");

test("each command says of each state of a place what is known, and no more", { timeout: 900_000 }, async () => {
  const pages: string[] = [];
  const secrets = [...Object.values(localKeys).filter((key) => !key.includes("@")), other.token, "marked-other"];
  for (const [state, { make, keys }] of Object.entries(states)) {
    await make?.();
    const { drift = "", ...others } = await outputs(keys);
    // A look that failed is no finding, neither of a change nor of none.
    if (keys) expect(drift).not.toMatch(/was (?:changed|removed|deleted)|were changed|nothing was changed/);
    for (const [command, page] of Object.entries({ drift, ...others })) {
      for (const secret of secrets) expect(page, `${state}: ${command}`).not.toContain(secret);
      const usual = at.cloud.twins
        .reduce((text, { name, url }) => text.replaceAll(url, `<${name}>`), page)
        .replaceAll(/\b[0-9a-f]{32}\b(?= \()/g, "<id of a key>");
      pages.push(`== ${state}: ${command}\n\n${usual}\n`);
    }
  }
  await expect(pages.join("\n")).toMatchFileSnapshot("__snapshots__/states-of-places.txt");
});
