import { createRequire } from "node:module";
import { afterEach } from "vitest";
import { handlers } from "../../../src/local/plugins/kit/handlers.ts";
import { fromStruct, grpc, messages, service, toStruct } from "../../../src/local/plugins/kit/protocol.ts";
import type { Plugin } from "../../../src/local/plugins/kit/resource.ts";
import type { Properties } from "../../../src/local/plugins/kit/values.ts";

const require = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
const { ResourceProviderClient } = require("./proto/provider_grpc_pb.js");

const running: (() => void)[] = [];
afterEach(() => {
  for (const stop of running.splice(0)) stop();
});

export interface PlannedDiff {
  changes: boolean;
  replaces: string[];
  details: Record<string, string>;
}

/** Speaks to a plugin over gRPC as the engine does, without an engine. */
export async function engineFor<Client>(plugin: Plugin<Client>, type: string, config: Record<string, string> = {}) {
  const crashes: string[] = [];
  const server = new grpc.Server();
  server.addService(
    service,
    handlers(plugin, "1.2.3", ({ message }) => crashes.push(message)),
  );
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  running.push(() => {
    client.close();
    server.forceShutdown();
  });
  // biome-ignore lint/suspicious/noExplicitAny: the generated client is a class of untyped calls
  const call = (method: string, request: unknown): Promise<any> =>
    new Promise((resolve, reject) => {
      client[method](request, (error: Error | null, response: unknown) => (error ? reject(error) : resolve(response)));
    });
  const urn = `urn:pulumi:test::plugins::${type}::it`;

  const configure = new messages.ConfigureRequest();
  for (const [key, value] of Object.entries(config))
    configure.getVariablesMap().set(`${plugin.name}:config:${key}`, value);
  await call("configure", configure);

  return {
    /** The error that crashed the plugin's process, if any. */
    crashes,
    async version(): Promise<string> {
      const empty = require("google-protobuf/google/protobuf/empty_pb.js");
      return (await call("getPluginInfo", new empty.Empty())).getVersion();
    },
    /** The plugin's schema as Pulumi's JSON. */
    async schema(): Promise<string> {
      return (await call("getSchema", new messages.GetSchemaRequest())).getSchema();
    },
    async check(news: Properties, olds: Properties = {}) {
      const request = new messages.CheckRequest();
      request.setUrn(urn);
      request.setNews(toStruct(news));
      request.setOlds(toStruct(olds));
      request.setRandomseed(new Uint8Array([0xab, 0xcd, 0xef, 0x01]));
      const response = await call("check", request);
      const failures = response.getFailuresList().map((failure: { getProperty(): string; getReason(): string }) => ({
        property: failure.getProperty(),
        reason: failure.getReason(),
      }));
      return { inputs: fromStruct(response.getInputs()), failures };
    },
    async diff(state: Properties, news: Properties, ignoreChanges: string[] = []): Promise<PlannedDiff> {
      const request = new messages.DiffRequest();
      request.setUrn(urn);
      request.setOlds(toStruct(state));
      request.setNews(toStruct(news));
      request.setIgnorechangesList(ignoreChanges);
      const response = await call("diff", request);
      const kinds = Object.entries(messages.PropertyDiff.Kind);
      const details = response.getDetaileddiffMap().toArray() as [string, { getKind(): number }][];
      const nameOf = (kind: number) => kinds.find(([, value]) => value === kind)?.[0] ?? "?";
      return {
        changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: response.getReplacesList(),
        details: Object.fromEntries(
          // the wire form of a map value is an array, so read it through its message
          details.map(([path]) => [path, nameOf(response.getDetaileddiffMap().get(path).getKind())]),
        ),
      };
    },
    async create(inputs: Properties, { preview = false } = {}) {
      const request = new messages.CreateRequest();
      request.setUrn(urn);
      request.setProperties(toStruct(inputs));
      request.setPreview(preview);
      const response = await call("create", request);
      return { id: response.getId() as string, state: fromStruct(response.getProperties()) };
    },
    async read(id: string, state: Properties = {}, inputs: Properties | null = null) {
      const request = new messages.ReadRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(toStruct(state));
      if (inputs !== null) request.setInputs(toStruct(inputs));
      const response = await call("read", request);
      return {
        id: response.getId() as string,
        state: fromStruct(response.getProperties()),
        inputs: fromStruct(response.getInputs()),
      };
    },
    async update(
      id: string,
      state: Properties,
      news: Properties,
      { preview = false, ignoreChanges = [] as string[] } = {},
    ) {
      const request = new messages.UpdateRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setOlds(toStruct(state));
      request.setNews(toStruct(news));
      request.setPreview(preview);
      request.setIgnorechangesList(ignoreChanges);
      return fromStruct((await call("update", request)).getProperties());
    },
    async delete(id: string, state: Properties) {
      const request = new messages.DeleteRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(toStruct(state));
      await call("delete", request);
    },
  };
}
