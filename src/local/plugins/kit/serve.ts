import { createRequire } from "node:module";
import { handlers } from "./handlers.ts";
import { grpc, service } from "./protocol.ts";
import type { Plugin } from "./resource.ts";
import { type PluginName, sdkVersion } from "./versions.ts";

/** Listens for the engine on a free port of this machine, and says on stdout on which. */
export function serve<Client>(plugin: Plugin<Client> & { name: PluginName }): void {
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new grpc.Server(unlimited);
  server.addService(service, handlers(plugin, sdkVersion(plugin.name)));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  // An engine that is killed cannot stop its plugins.
  createRequire(import.meta.url)("../../../resources/entry/ends-with-engine.cjs");
}
