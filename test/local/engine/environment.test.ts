import { dirname } from "node:path";
import { expect, test } from "vitest";
import { engineEnvironment } from "../../../src/local/engine/environment.ts";
import { which } from "../../../src/local/engine/on-path.ts";
import { programEnvironment } from "../../../src/local/program-environment.ts";
import { temporaryFolder } from "../../support/temporary.ts";

/** Variables that a developer of BrandVX may have exported: all that the vendors' plugins, SDKs and tools, Pulumi, Node and its HTTP clients read. */
const developers = Object.fromEntries(
  [
    ..."SENTRY_TOKEN SENTRY_AUTH_TOKEN SENTRY_BASE_URL SENTRY_URL SENTRY_ORG SENTRY_PROJECT SENTRY_DSN SENTRY_RELEASE".split(
      " ",
    ),
    ..."SENTRY_ENVIRONMENT SENTRY_TRACES_SAMPLE_RATE SENTRY_PROPERTIES POSTHOG_PERSONAL_API_KEY POSTHOG_API_KEY".split(
      " ",
    ),
    ..."POSTHOG_HOST CLOUDFLARE_API_TOKEN CLOUDFLARE_API_KEY CLOUDFLARE_EMAIL CLOUDFLARE_API_USER_SERVICE_KEY".split(
      " ",
    ),
    ..."CLOUDFLARE_BASE_URL CLOUDFLARE_ACCOUNT_ID CF_API_TOKEN UPSTASH_EMAIL UPSTASH_API_KEY UPSTASH_API_BASE_URL".split(
      " ",
    ),
    ..."UPSTASH_REDIS_REST_URL UPSTASH_REDIS_REST_TOKEN RENDER_API_KEY RENDER_HOST RENDER_OWNER_ID REDIS_URL".split(
      " ",
    ),
    ..."PULUMI_ACCESS_TOKEN PULUMI_BACKEND_URL PULUMI_CONFIG PULUMI_CONFIG_PASSPHRASE_FILE PULUMI_STACK PULUMI_HOME".split(
      " ",
    ),
    ..."PULUMI_DEBUG_COMMANDS PULUMI_OPTION_REFRESH PULUMI_SKIP_CHECKPOINTS PULUMI_EXPERIMENTAL PULUMI_K8S".split(" "),
    ..."NODE_OPTIONS NODE_USE_ENV_PROXY NODE_TLS_REJECT_UNAUTHORIZED NODE_PATH NODE_ENV HTTP_PROXY HTTPS_PROXY".split(
      " ",
    ),
    ..."ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy GLOBAL_AGENT_HTTP_PROXY npm_config_proxy".split(
      " ",
    ),
    ..."GRPC_PROXY grpc_proxy GRPC_TRACE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY GOOGLE_CREDENTIALS GITHUB_TOKEN".split(
      " ",
    ),
    ..."GH_TOKEN NPM_TOKEN OBS_ALLOWED_HOSTS RELEASE RELEASE_COMMIT VITE_SENTRY_DSN OTEL_EXPORTER_OTLP_ENDPOINT".split(
      " ",
    ),
  ].map((name) => [name, `somebody's ${name}`]),
);

test("the local stack sees nothing of a developer's own keys, addresses, proxies and switches", () => {
  using folder = temporaryFolder("brandvx-environment-");
  const usual = { PATH: "/usr/bin:/bin", HOME: "/home/dev", LANG: "C.UTF-8", TERM: "xterm", TMPDIR: "/tmp" };
  const env = engineEnvironment({ folder: "/engine" }, folder.path, { ...developers, ...usual });
  expect(Object.entries(env).filter(([, value]) => value.startsWith("somebody's "))).toEqual([]);
  expect(env).toMatchObject({ ...usual, PATH: expect.stringMatching(/^\/engine:.*\/usr\/bin:\/bin$/) });
  expect(env.PULUMI_BACKEND_URL).toContain(folder.path);
});

test("a program that is no pulumi sees no key; one that downloads sees proxies beside what it needs", () => {
  const env = { ...developers, PATH: "/bin", GOPROXY: "https://proxy.example" };
  expect(programEnvironment({ env })).toEqual({ PATH: "/bin" });
  const { PATH, GOPROXY, ...proxies } = programEnvironment({ env, downloads: true });
  expect({ PATH, GOPROXY }).toEqual({ PATH: "/bin", GOPROXY: "https://proxy.example" });
  expect(
    Object.keys(proxies)
      .map((name) => name.toLowerCase())
      .toSorted(),
  ).toEqual([
    "all_proxy",
    "all_proxy",
    "http_proxy",
    "http_proxy",
    "https_proxy",
    "https_proxy",
    "no_proxy",
    "no_proxy",
  ]);
});

test("node on PATH is the one that runs this project", () => {
  using folder = temporaryFolder("brandvx-environment-");
  const bare = engineEnvironment({ folder: "/engine" }, folder.path, { PATH: "/bin" });
  expect(which("node", bare.PATH)).toBe(`${dirname(process.execPath)}/node`);
  const own = engineEnvironment({ folder: "/engine" }, folder.path, { PATH: dirname(process.execPath) });
  expect(own.PATH).toBe(`/engine:${dirname(process.execPath)}`);
});
