import { createRequire } from "node:module";
import { handlers } from "./handlers.ts";
import { grpc, service } from "./protocol.ts";
import type { Plugin, PluginCrash } from "./resource.ts";
import { type PluginName, sdkVersion } from "./versions.ts";

/** The engine shows stderr, and that the plugin "exited prematurely". */
function crash({ message }: PluginCrash): void {
  process.stderr.write(`panic: runtime error: invalid memory address or nil pointer dereference\n\n${message}\n`);
  process.exit(2);
}

/** Listens for the engine on a free port and prints the port to stdout. */
export function serve<Client>(plugin: Plugin<Client> & { name: PluginName }): void {
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new grpc.Server(unlimited);
  server.addService(service, handlers(plugin, sdkVersion(plugin.name), crash));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  // A killed engine cannot stop its plugins.
  createRequire(import.meta.url)("../../../resources/entry/ends-with-engine.cjs");
}
