import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, onTestFinished, test } from "vitest";
import { knownAfterUpdate, policies } from "../../../policy/policies.ts";
import { rules } from "../../../src/operate/policy/rules.ts";
import type { Stated } from "../support/plans.ts";
import { redis, sentryAlert } from "../support/stated.ts";

const require = createRequire(import.meta.url);

function violations(
  { validateResource }: ResourceValidationPolicy,
  { type, name, inputs, protect = false }: Stated,
  config = {},
) {
  const said: string[] = [];
  const args = {
    ...{ type, props: inputs, name, opts: { protect }, getConfig: () => config },
    urn: `urn:pulumi:production::brandvx-observability::${type}::${name}`,
  } as unknown as ResourceValidationArgs;
  for (const validate of [validateResource ?? []].flat()) validate(args, (message) => said.push(message));
  return said;
}

const policy = (name: string): ResourceValidationPolicy => {
  const found = policies.find((one) => one.name === name);
  if (!found) throw new Error(`there is no policy ${name}`);
  return found;
};

test("the pack has every rule but those that need what a pack is not shown", () => {
  const left = rules.map(({ name }) => name).filter((name) => !policies.some((one) => one.name === name));
  expect(left).toEqual(["retained-keys", "no-plain-secret"]);
  for (const { description, name } of policies) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(name).toMatch(/^[a-z][a-z0-9-]{1,99}$/);
  }
});

test("a policy says what is wrong and what mends it, as the report does", () => {
  expect(violations(policy("protected-data"), { ...redis(), protect: false })).toEqual([
    expect.stringMatching(/^the Redis database is not protected: make it with/),
  ]);
  expect(violations(policy("protected-data"), redis())).toEqual([]);
  expect(violations(policy("alerts-for-production"), sentryAlert({ environment: "staging" }))).toHaveLength(1);
});

test("protection can be switched off for a stack that may be thrown away", () => {
  expect(violations(policy("protected-data"), { ...redis(), protect: false }, { protect: false })).toEqual([]);
});

describe("the pack starts as Pulumi's own analyzer starts it", () => {
  test("and answers over gRPC", async () => {
    const pack = fileURLToPath(new URL("../../../policy", import.meta.url));
    const runner = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/run-policy-pack");
    const analyzer = spawn(process.execPath, [runner, "127.0.0.1:0", pack], {
      cwd: pack,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void analyzer.kill("SIGKILL"));
    const [port] = (await once(analyzer.stdout, "data")) as [Buffer];

    const grpc = require("@grpc/grpc-js");
    const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
    const { AnalyzeRequest, AnalyzerResourceOptions } = require("@pulumi/pulumi/proto/analyzer_pb");
    const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
    const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
    const client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, grpc.credentials.createInsecure());
    onTestFinished(() => client.close());
    const call = <T>(method: string, request: unknown): Promise<T> =>
      new Promise((resolve, reject) => {
        client[method](request, (error: Error | null, answer: T) => (error ? reject(error) : resolve(answer)));
      });

    const info = await call<{ toObject(): { policiesList: { name: string }[] } }>("getAnalyzerInfo", new Empty());
    expect(info.toObject().policiesList.map(({ name }) => name)).toEqual(
      [...policies, knownAfterUpdate].map(({ name }) => name),
    );

    const { type, name, inputs } = redis({ tls: false });
    const request = new AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(`urn:pulumi:production::brandvx-observability::${type}::${name}`);
    request.setProperties(Struct.fromJavaScript(inputs as Record<string, string>));
    request.setOptions(new AnalyzerResourceOptions());
    const answer = await call<{ toObject(): { diagnosticsList: { policyname: string; message: string }[] } }>(
      "analyze",
      request,
    );
    expect(answer.toObject().diagnosticsList.map(({ policyname }) => policyname)).toEqual([
      "protected-data",
      "redis-over-tls",
    ]);
  });
});
