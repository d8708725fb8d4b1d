/** Each command that a page, a help text or a message prints is run as it is printed, on vendors of this machine. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeys } from "../../../src/local/account.ts";
import { type Cloud, startCloud } from "../../../src/local/cloud.ts";
import { type Hosting, startHosting } from "../../../src/local/hosting/index.ts";
import { byHand } from "../../support/by-hand.ts";
import { stackConfig } from "../../support/cloud.ts";
import { inShell } from "../../support/shell.ts";
import { TestStack } from "../../support/stack.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { checkout, printedKinds } from "./printed.ts";

interface Run {
  /** The command, with what its reader puts into its place. */
  readonly run: string;
  /** Exit codes with which it has done what it says. Default: 0. */
  readonly ends?: readonly number[];
}

/** What a preview and a look for drift end with when there is something: see docs/obs-json.md. */
const found = { ends: [0, 7] } as const;

/** Before anything is brought up, and the up itself. */
const beforeUp: Readonly<Record<string, Run>> = {
  "pulumi login": { run: 'pulumi login "$PULUMI_BACKEND_URL"' },
  "pulumi stack init": { run: "pulumi stack init staging" },
  "pulumi stack ls": { run: "pulumi stack ls" },
  "pulumi stack select": { run: "pulumi stack select production" },
  "pulumi config set": { run: "pulumi config set protect false" },
  "pulumi config set --path": { run: "pulumi config set --path 'redis.budget' 20" },
  "pulumi config set --secret": { run: "echo phx_typed | pulumi config set --secret posthog:personalApiKey" },
  "pulumi config set --path --secret": {
    // Taken back: the other commands are those of a stack whose teams have no webhook.
    run: "pulumi config set --secret --path 'teamWebhooks.platform' https://hooks.example/x && pulumi config rm teamWebhooks",
  },
  "pulumi config rm": { run: "pulumi config rm --stack production posthog:personalApiKey" },
  "pulumi config rm --path": {
    run: "pulumi config set --path 'redis.existing' x && pulumi config rm --path redis.existing",
  },
  "npm run pulumi": { run: "npm run pulumi -- stack ls" },
  "obs preview --pictures": { run: "npx obs preview --pictures pictures", ...found },
  // `obs preview` ends with 7: there is something to be done.
  "pulumi up --plan": { run: "npx obs preview --save-plan plan.json; pulumi up --plan plan.json" },
};

/** What only reads, so that several can run at a time. The stack is up. */
const reading: Readonly<Record<string, Run>> = {
  "obs completion": { run: "npx obs completion bash" },
  "obs import": { run: "npx obs import --help" },
  "obs catalog": { run: "npx obs catalog" },
  "obs catalog --check": { run: "npx obs catalog --check" },
  "obs catalog --app --check": { run: "npx obs catalog --check --app apps/operator-ui apps/backend" },
  "obs catalog --browser-code --server-code": {
    ...{ run: "npx obs catalog --browser-code apps/operator-ui/src --server-code apps/backend/app", ...found },
  },
  "obs preview --pictures --without-stack": {
    ...{ run: "npx obs preview --without-stack --pictures pictures", ...found },
  },
  // No app is deployed here, and Redis has a certificate of its own: that is what they find.
  "obs doctor": { run: "npx obs doctor --stack production", ends: [1] },
  "obs verify --annotate": { run: "npx obs verify --stack production --annotate 'operator-ui 1.4.2'", ends: [1] },
  "obs verify --app": { run: 'npx obs verify --stack production --app "$APP_URL"', ends: [1] },
  "obs verify --skip": { run: "npx obs verify --stack production --skip bundle health" },
  "obs parity --dotenv": {
    ...{ run: "npx obs parity --stack production --dotenv apps/backend/.env apps/operator-ui/.env", ends: [7] },
  },
  "obs import dashboard --dry-run": {
    ...{ run: 'npx obs import dashboard "$DASHBOARD" --stack production --dry-run', ...found },
  },
  "obs release --app --commit": { run: 'npx obs release --app browser --commit "$(git rev-parse HEAD)" --checkout .' },
  "obs release --app --checkout --commit": {
    run: 'npx obs release --app browser --commit "$(git rev-parse HEAD)" --checkout . --stack production',
  },
  "obs release --release": { run: "npx obs release --release backend@1.4.0 --stack production" },
  "obs release": { run: "npx obs release --release backend@1.4.1" },
  "python -m brandvx_observability.preflight_env_parity": {
    run: "cd python && PYTHONPATH=src python3 -m brandvx_observability.preflight_env_parity ../apps/backend/.env",
    ends: [7],
  },
};

/** What changes the stack, one after the other. */
const changing: Readonly<Record<string, Run>> = {
  "pulumi state untaint": { run: 'pulumi state taint "$URN" && pulumi state untaint "$URN"' },
  "pulumi state delete": { run: 'pulumi state delete "$URN"' },
  "pulumi state delete --force --target-dependents": {
    run: 'pulumi state delete "$OTHER_URN" --force --target-dependents --stack production',
  },
  "obs import sentry --browser-project --team": {
    run: "npx obs import sentry --team platform --browser-project operator-ui --stack staging",
  },
};

/** What another test runs as it is printed: an engine's run costs seconds. */
const elsewhere: Readonly<Record<string, string>> = {
  "obs setup": "test/e2e/operate/setup.test.ts",
  "obs setup --dry-run": "test/e2e/operate/setup.test.ts",
  "obs setup --from": "test/e2e/operate/setup.test.ts",
  "obs setup --set": "test/e2e/operate/setup.test.ts",
  "obs drift": "test/e2e/operate/drift.test.ts",
  "obs drift --json": "test/e2e/operate/drift.test.ts",
  "obs verify": "test/e2e/production/deployment.test.ts",
  "obs parity": "test/e2e/production/deployment.test.ts",
  "obs privacy": "test/e2e/production/deployment.test.ts",
  "obs import sentry": "test/e2e/cloud/existing.test.ts",
  "obs import sentry --dry-run": "test/e2e/cloud/existing.test.ts",
  "obs import redis": "test/e2e/cloud/existing.test.ts",
  "obs import redis --dry-run": "test/e2e/cloud/existing.test.ts",
  "obs import dashboard": "test/e2e/operate/import.test.ts",
  "obs preview": "test/e2e/operate/policy.test.ts",
  "obs preview --json": "test/e2e/operate/policy.test.ts",
  "pulumi preview": "test/e2e/operate/policy.test.ts",
  "pulumi preview --diff": "test/e2e/operate/import.test.ts",
  "pulumi preview --json": "test/e2e/operate/drift.test.ts",
  "pulumi up": "test/support/stack.ts",
  "pulumi refresh --diff --expect-no-changes --preview-only --run-program": "test/support/stack.ts",
  "pulumi destroy": "test/support/stack.ts",
  "pulumi destroy --run-program": "test/support/stack.ts",
  "pulumi refresh": "test/e2e/production/recovery.test.ts",
  "pulumi refresh --clear-pending-creates --run-program": "test/e2e/production/recovery.test.ts",
  "pulumi refresh --clear-pending-creates --run-program --yes": "test/e2e/production/recovery.test.ts",
  "pulumi up --refresh": "test/e2e/production/operation.test.ts",
  "pulumi up --refresh --run-program": "test/e2e/production/operation.test.ts",
  "pulumi up --replace": "test/e2e/cloud/replace.test.ts",
  "pulumi cancel --yes": "test/e2e/production/recovery.test.ts",
  "pulumi state taint": "test/e2e/cloud/replace.test.ts",
  "pulumi stack import --file": "test/e2e/upgrades/stack.ts",
  "pulumi stack output": "test/e2e/production/deployment.test.ts",
};

/** What no test runs as it is printed, and why. */
const notRun: Readonly<Record<string, string>> = {
  "npm start": "test/e2e/local/broken-start.test.ts starts it",
  "npm start --once": "test/e2e/local/broken-start.test.ts starts it",
  "npm start --real-plugins": "it fetches plugins of the vendors; test/local/plugins has how they are found",
  "npm test": "it is what runs this",
  "npm run check": "it is the first part of npm test",
  "npm run fix": "it is npm run check with biome's --write",
  "npm run generate": "npm run check runs it with --check",
  "npm run generate --check": "npm run check runs it",
  "npm run bench": "it measures for minutes, and a machine that does something else measures nothing",
  "npm run package": "test/operate/workflows/package.test.ts runs it, as the workflow does",
  "npx vitest": "the files that it is called with are run by npm test",
  "npm install": "it installs into another app, from a registry",
  "node tools/setup.mjs": "test/tools/setup.test.ts runs it",
  "gh release": "it downloads from GitHub",
  "gh workflow": "it starts a workflow on GitHub; test/operate/workflows runs the steps",
  "git checkout": "it takes a file from GitHub's branch",
  "git fetch": "it asks GitHub",
  "git pull": "it asks GitHub",
  "obs import dashboard --owner":
    "test/e2e/operate/import.test.ts runs it without the option, whose place in the file is held by test/operate/import",
  "pulumi stack export --file --version": "Pulumi Cloud alone keeps versions: a state of one's own refuses it",
  "pulumi import":
    "no page gives it a line of its own: pulumi preview prints it, and test/e2e/cloud/lost.test.ts runs what it prints",
  "pulumi import --file": "obs import dashboard runs it, with a file that it makes and takes away",
  "pulumi package add": "it downloads a provider: README says so of another way than ours",
  "pulumi plugin install": "it downloads plugins of the vendors",
  "uv export": "it asks a registry; test/python holds the lock files against each other",
  "uv lock": "it asks a registry",
  "uv sync": "it installs from a registry; test/python does, where there is one",
};

let cloud: Cloud;
let hosting: Hosting;
let stack: TestStack;
const stores = temporaryFolder("brandvx-printed-");
/** What stands for a placeholder in what is run, as variables of the shell. */
const beside: Record<string, string> = {};

beforeAll(async () => {
  cloud = await startCloud({ folder: stores.path, portOf: () => 0 });
  hosting = await startHosting({ cloud, portOf: () => 0 });
  const config = { ...stackConfig, ...cloud.addresses, ...hosting.addresses };
  stack = await TestStack.create({
    ...{ name: "production", isClone: true, config },
    // Nobody is there to say yes.
    env: {
      ...localKeys,
      UPSTASH_API_BASE_URL: cloud.upstash.url,
      PULUMI_SKIP_CONFIRMATIONS: "true",
      PULUMI_RUN_PROGRAM: "true",
    },
  });
  const { folder } = stack;
  writeFileSync(join(folder, "Pulumi.staging.yaml"), readFileSync(join(folder, "Pulumi.production.yaml"), "utf8"));
  writeFileSync(join(folder, "answers.yaml"), "redis.budget: 20\n");
  // The apps that use the packages.
  for (const [file, text] of Object.entries({
    "apps/operator-ui/src/main.ts": 'import { track } from "@brandvx/observability/browser";\n',
    "apps/operator-ui/package.json":
      '{ "name": "operator-ui", "dependencies": { "@brandvx/observability": "1.0.0" } }\n',
    "apps/operator-ui/.env": "VITE_SENTRY_ENVIRONMENT=staging\n",
    "apps/backend/package.json": '{ "name": "backend", "dependencies": { "@brandvx/observability": "1.0.0" } }\n',
    "apps/backend/app/main.ts": 'import { phCapture } from "@brandvx/observability/server";\n',
    "apps/backend/.env": "SENTRY_ENVIRONMENT=staging\n",
  })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const git = (...args: string[]) =>
    execa(
      "git",
      ["-c", "user.name=T", "-c", "user.email=t@brandvx.example", "-c", "core.hooksPath=/dev/null", ...args],
      {
        cwd: folder,
      },
    );
  await git("init", "--quiet", "--initial-branch", "main");
  writeFileSync(join(folder, ".git", "info", "exclude"), "/node_modules\n/.pulumi\n/pictures\n");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "As it is");
  const hand = byHand(cloud);
  const { id } = (await hand.posthog("POST", "dashboards/", { name: "Sales" })) as { id: number };
  await hand.posthog("POST", "insights/", {
    ...{ name: "Visits", dashboards: [id] },
    query: {
      kind: "InsightVizNode",
      source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "$pageview" }] },
    },
  });
  Object.assign(beside, { APP_URL: cloud.render.url, DASHBOARD: id });
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await Promise.all([cloud?.stop(), hosting?.stop()]);
  stores[Symbol.dispose]();
});

/** All of them, also where one of them fails. */
async function allWork(runs: Readonly<Record<string, Run>>, atATime: number): Promise<void> {
  const left = Object.values(runs);
  const failures: string[] = [];
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { run, ends = [0] } = next;
      const { exitCode, text } = await inShell(stack, `${variables()}${run}`);
      if (!ends.includes(exitCode)) failures.push(`${run} ended with ${exitCode}:\n${text}`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, one));
  expect(failures.join("\n\n")).toBe("");
}

const variables = (): string =>
  Object.entries(beside)
    .map(([name, value]) => `${name}='${value}'; export ${name}\n`)
    .join("");

test("each command that is printed is run here, or has a reason why not", () => {
  const here = { ...beforeUp, ...reading, ...changing, ...elsewhere, ...notRun };
  const kinds = printedKinds();
  const unknown = [...kinds].filter(([kind]) => !(kind in here)).map(([kind, where]) => `${kind}: ${where.join(", ")}`);
  expect(unknown, "run it here, or say why not").toEqual([]);
  expect(
    Object.keys(here).filter((kind) => !kinds.has(kind)),
    "printed nowhere any more",
  ).toEqual([]);
});

test("what another test is said to run stands in it", () => {
  const missing = Object.entries(elsewhere).flatMap(([kind, file]) => {
    const text = readFileSync(join(checkout, file), "utf8");
    const words = kind.split(" ").slice(1);
    return words
      .filter((word) => !new RegExp(`["'\`\\s]${word}["'\`\\s=]`).test(text))
      .map((word) => `${kind}: no ${word} in ${file}`);
  });
  expect(missing).toEqual([]);
});

test("those of a stack that is set up and brought up", { timeout: 600_000 }, async () => {
  await allWork(beforeUp, 1);
});

test("those that look at it", { timeout: 600_000 }, async () => {
  await allWork(reading, 3);
});

test("those that change it, up to its end", { timeout: 900_000 }, async () => {
  const { deployment } = JSON.parse(await stack.state()) as { deployment: { resources: { urn: string }[] } };
  const [one, other] = deployment.resources.filter(({ urn }) => urn.includes("InsightAlert"));
  Object.assign(beside, { URN: one?.urn, OTHER_URN: other?.urn });
  await allWork(changing, 1);
});
