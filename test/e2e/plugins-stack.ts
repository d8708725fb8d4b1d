import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { inject } from "vitest";
import { engineEnvironment } from "../../src/local/engine/environment.ts";
import { installStandInPlugins } from "../../src/local/plugins/install.ts";
import { startCloudflareTwin } from "../../src/local/twins/cloudflare/index.ts";
import type { LoggedRequest } from "../../src/local/twins/kit/index.ts";
import { startSentryTwin } from "../../src/local/twins/sentry/index.ts";
import { startUpstashTwin } from "../../src/local/twins/upstash/index.ts";
import { httpClient } from "../local/twins/http-client.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
export const accountId = "0123456789abcdef0123456789abcdef";

/** Marked, so that a search finds every place that they leak to. */
const credentials = {
  SENTRY_TOKEN: `sntryu_${"a1".repeat(20)}`,
  UPSTASH_EMAIL: "owner@example.com",
  UPSTASH_API_KEY: "upstash-key-e3b0c442",
  CLOUDFLARE_API_TOKEN: "cf-token-98fc1c149afbf4c8996fb92427ae41e4",
};
export const secrets = Object.values(credentials).filter((value) => !value.includes("@"));

/** A program of the unchanged SDKs, the twins, and the stand-in plugins between them. */
export async function pluginStack(program: string) {
  const folder = mkdtempSync(join(tmpdir(), "plugins-stack-"));
  const [sentry, upstash, cloudflare] = await Promise.all([
    startSentryTwin({ token: credentials.SENTRY_TOKEN }),
    startUpstashTwin({ email: credentials.UPSTASH_EMAIL, apiKey: credentials.UPSTASH_API_KEY }),
    startCloudflareTwin({ apiToken: credentials.CLOUDFLARE_API_TOKEN, accountId }),
  ]);
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: plugins\nmain: index.mjs\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"), "junction");
  const home = join(folder, ".pulumi");
  const env: Record<string, string> = {
    ...engineEnvironment(inject("engine"), home),
    ...credentials,
    SENTRY_BASE_URL: sentry.url,
    UPSTASH_API_BASE_URL: upstash.url,
    CLOUDFLARE_BASE_URL: `${cloudflare.url}/client/v4/`,
  };
  installStandInPlugins(env.PULUMI_HOME ?? "");

  const pulumi = async (...args: string[]) => {
    const ran = await execa("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env,
      extendEnv: false,
      reject: false,
      all: true,
      stdin: "ignore",
    });
    return { exitCode: ran.exitCode ?? -1, text: ran.all, stdout: ran.stdout };
  };
  const stack = {
    sentry,
    upstash,
    cloudflare,
    api: {
      sentry: httpClient(sentry.url, { Authorization: `Bearer ${credentials.SENTRY_TOKEN}` }),
      upstash: httpClient(upstash.url, {
        Authorization: `Basic ${btoa(`${credentials.UPSTASH_EMAIL}:${credentials.UPSTASH_API_KEY}`)}`,
      }),
      cloudflare: httpClient(cloudflare.url, { Authorization: `Bearer ${credentials.CLOUDFLARE_API_TOKEN}` }),
    },
    pulumi,
    /** What the program reads as `settings`. */
    settings(values: Record<string, unknown>) {
      writeFileSync(join(folder, "index.mjs"), `const settings = ${JSON.stringify(values)};\n${program}`);
    },
    /** Runs `pulumi`, and returns the requests that the twins received meanwhile. */
    async requestsOf(...args: string[]) {
      const marks = [sentry, upstash, cloudflare].map((twin) => [twin, twin.requests.mark()] as const);
      const ran = await pulumi(...args);
      const requests: LoggedRequest[] = marks.flatMap(([twin, mark]) => [...twin.requests.since(mark)]);
      return { ...ran, requests };
    },
    up: (...args: string[]) => stack.requestsOf("up", "--yes", "--skip-preview", ...args),
    destroy: () => stack.requestsOf("destroy", "--yes", "--skip-preview"),
    importAll(resources: object[]) {
      writeFileSync(join(folder, "import.json"), JSON.stringify({ resources }));
      return pulumi("import", "--file", "import.json", "--yes", "--protect=false");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([sentry.stop(), upstash.stop(), cloudflare.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  stack.settings({});
  const created = await pulumi("stack", "init", "test");
  if (created.exitCode !== 0) throw new Error(created.text);
  return stack;
}

/** The recorded program; the values that its steps change are settings. */
export const recordedProgram = `
import * as pulumi from "@pulumi/pulumi";
import * as cloudflare from "@pulumi/cloudflare";
import * as sentry from "@pulumiverse/sentry";
import * as upstash from "@upstash/pulumi";

const organization = "brandvx";
const team = new sentry.SentryTeam("platform", { organization, name: "platform", slug: "platform" });
const project = new sentry.SentryProject("operator-ui", {
  organization, teams: [team.slug], name: settings.projectName ?? "operator-ui", slug: "operator-ui",
}, { ignoreChanges: ["platform"] });
const key = new sentry.SentryKey("operator-ui", {
  organization, project: project.slug, name: "operator-ui", ...settings.rateLimit,
});
const redis = new upstash.RedisDatabase("brandvx", {
  databaseName: "brandvx", region: "global", primaryRegion: "us-east-1", tls: true,
  eviction: settings.eviction ?? false, budget: settings.budget ?? 20, ...settings.redis,
});
const plain = (value) => ({ type: "plain_text", value });
const pages = new cloudflare.PagesProject("operator-ui", {
  accountId: "${accountId}", name: "operator-ui", productionBranch: "main",
  deploymentConfigs: {
    ...(settings.withoutPreview ? {} : { preview: { envVars: { VITE_SENTRY_ENVIRONMENT: plain("preview") } } }),
    production: {
      envVars: {
        VITE_SENTRY_DSN: plain(key.dsnPublic),
        VITE_POSTHOG_KEY: plain(settings.posthogKey ?? "phc_1"),
        BUILD_TOKEN: { type: "secret_text", value: pulumi.secret(settings.buildToken ?? "s1") },
        ...(settings.withoutOld ? {} : { OLD: plain("x") }),
      },
    },
  },
});
export const dsn = key.dsnPublic;
export const redisUrl = pulumi.interpolate\`rediss://default:\${redis.password}@\${redis.endpoint}:\${redis.port}\`;
export const pagesHost = pages.subdomain;
`;
