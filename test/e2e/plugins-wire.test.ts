import { describe, expect, test } from "vitest";
import type { LoggedRequest } from "../../src/local/twins/kit/index.ts";
import { readFixture } from "../vendors/openapi.ts";
import { accountId, pluginStack, recordedProgram } from "./plugins-stack.ts";

interface RecordedRequest {
  vendor: string;
  method: string;
  path: string;
  body: unknown;
}

const recording: { steps: { step: string; requests: RecordedRequest[] }[] } = readFixture("wire-real-plugins");

describe("stand-in plugins", () => {
  test("send what the real plugins were recorded sending, step by step, body by body", async () => {
    await using stack = await pluginStack(recordedProgram);
    const changed = {
      projectName: "operator-ui-2",
      rateLimit: { rateLimitWindow: 60, rateLimitCount: 100 },
      eviction: true,
      budget: 40,
      posthogKey: "phc_2",
      buildToken: "s2",
      withoutOld: true,
    };
    const runs: (() => Promise<{ exitCode: number; text: string; requests: LoggedRequest[] }>)[] = [
      () => stack.up(),
      () => stack.up(),
      () => stack.requestsOf("refresh", "--preview-only"),
      () => {
        stack.settings(changed);
        return stack.up();
      },
      async () => {
        const pages = `/client/v4/accounts/${accountId}/pages/projects/operator-ui`;
        const byHand = {
          VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_hand" },
          FOREIGN: { type: "plain_text", value: "1" },
        };
        await stack.api.sentry.put("/api/0/projects/brandvx/operator-ui/", { name: "renamed by hand" });
        await stack.api.cloudflare.patch(pages, { deployment_configs: { production: { env_vars: byHand } } });
        return stack.up("--refresh");
      },
      () => stack.destroy(),
    ];
    expect(recording.steps).toHaveLength(runs.length);

    for (const [index, { step, requests: recorded }] of recording.steps.entries()) {
      const ran = await runs[index]?.();
      expect(ran?.exitCode, `${step}\n${ran?.text}`).toBe(0);
      for (const vendor of ["sentry", "upstash", "cloudflare"]) {
        const sent = comparable((ran?.requests ?? []).filter((request) => request.vendor === vendor));
        expect(sent, `${step}: ${vendor}`).toEqual(comparable(recorded.filter((request) => request.vendor === vendor)));
      }
    }
    expect((await stack.api.upstash.get("/v2/redis/databases")).body).toEqual([]);
  });
});

/** In order, except for consecutive reads: independent resources are read at the same time. Ids and hosts differ from run to run. */
function comparable(requests: readonly Pick<LoggedRequest, "method" | "path" | "body">[]) {
  const lines = requests.map(({ method, path, body }) => ({
    method,
    path: anonymous(path),
    body: JSON.parse(anonymous(JSON.stringify(body))),
  }));
  const ordered: typeof lines = [];
  for (const line of lines) {
    let at = ordered.length;
    while (
      line.method === "GET" &&
      at > 0 &&
      ordered[at - 1]?.method === "GET" &&
      (ordered[at - 1]?.path ?? "") > line.path
    )
      at -= 1;
    ordered.splice(at, 0, line);
  }
  return ordered;
}

const anonymous = (text: string) =>
  text
    .replaceAll(accountId, "{account}")
    .replace(/https?:\/\/(\{id2\}|[0-9a-f]{32})@[^/"]+\/\d+/g, "{dsn}")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|\{id\d\}/g, "{id}");
