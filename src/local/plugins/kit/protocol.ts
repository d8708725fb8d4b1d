import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as PluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as EmptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import type * as StructMessages from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "./values.ts";

/*
 * The engine's protocol, with only Pulumi's generated messages: the whole SDK takes half a second to load, and its
 * `provider.main` does not pass the configuration to the provider.
 */
// The messages work only with the SDK's own copies of gRPC and protobuf.
const require = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

export const grpc: typeof Grpc = require("@grpc/grpc-js");
export const messages: typeof ProviderMessages = require("./proto/provider_pb.js");
export const pluginMessages: typeof PluginMessages = require("./proto/plugin_pb.js");
export const service: Grpc.ServiceDefinition = require("./proto/provider_grpc_pb.js").ResourceProviderService;
const { Empty }: typeof EmptyMessages = require("google-protobuf/google/protobuf/empty_pb.js");
const { Struct }: typeof StructMessages = require("google-protobuf/google/protobuf/struct_pb.js");
const { Any } = require("google-protobuf/google/protobuf/any_pb.js");
const { Status } = require("./proto/status_pb.js");

export const empty = () => new Empty();

export const toStruct = (properties: Properties): StructMessages.Struct =>
  Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);

export const fromStruct = (struct: StructMessages.Struct | undefined): Properties =>
  (struct?.toJavaScript() ?? {}) as Properties;

/** An error as the engine prints it. */
export function failure(message: string): Partial<Grpc.StatusObject> {
  return { code: grpc.status.UNKNOWN, details: message };
}

/** An error for an object that exists nevertheless: the engine stores it and updates it the next time. */
export function initFailure(id: string, state: Properties, message: string): Partial<Grpc.StatusObject> {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(toStruct(state));
  detail.setReasonsList([message]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  // The metadata key in which Go's gRPC expects details; Node's gRPC has no API for it.
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
