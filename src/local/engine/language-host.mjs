// Pulumi's language host for this project: tells the engine how to run a Node program. The official distribution ships
// one in Go; it is not published as a module, so the engine that is built here comes with this one.
// The engine starts it with its own address as the last argument, and reads the port from stdout.
// gRPC: pulumirpc.LanguageRuntime, sdk/proto of pulumi/pulumi.
import { spawn } from "node:child_process";
import { existsSync, fstatSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Exit code of a program that has already reported its error (cmd/run of @pulumi/pulumi). */
const alreadyExplained = 32;

const require = createRequire(join(process.cwd(), "package.json"));
const grpc = require("@grpc/grpc-js");
const service = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

const engine = process.argv.at(-1);
const running = new Set();

const answer = (message) => (_call, done) => done(null, message());

const host = {
  handshake: answer(() => new messages.LanguageHandshakeResponse()),
  getPluginInfo: answer(() => new PluginInfo()),
  getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
  cancel: (_call, done) => {
    for (const program of running) program.kill();
    done(null, new Empty());
  },
  generateProgram: ({ request }, done) => {
    const response = new messages.GenerateProgramResponse();
    const text = declarations(request.getSourceMap().toArray());
    response.getSourceMap().set("index.ts", Buffer.from(text));
    done(null, response);
  },
  runPlugin,
  run: ({ request }, done) => {
    const program = spawn(process.execPath, programArguments(request), {
      cwd: request.getPwd(),
      env: { ...process.env, ...configuration(request) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    running.add(program);
    program.stdout.pipe(process.stderr);
    program.on("error", (error) => done({ code: grpc.status.INTERNAL, message: error.message }));
    program.on("exit", (code, signal) => {
      running.delete(program);
      const response = new messages.RunResponse();
      if (code === alreadyExplained) response.setBail(true);
      else if (code !== 0)
        response.setError(signal ? `the program was stopped by ${signal}` : `the program ended with exit code ${code}`);
      done(null, response);
    });
  },
};

function programArguments(request) {
  const info = request.getInfo();
  const entry = info?.getEntryPoint() || request.getProgram();
  return [
    ...["--no-warnings=ExperimentalWarning", require.resolve("@pulumi/pulumi/cmd/run")],
    ...["--monitor", request.getMonitorAddress(), "--engine", engine],
    ...["--organization", request.getOrganization(), "--project", request.getProject(), "--stack", request.getStack()],
    ...["--root-directory", info?.getRootDirectory() ?? request.getPwd(), "--pwd", request.getPwd()],
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...["--parallel", String(request.getParallel()), entry, ...request.getArgsList()],
  ];
}

/**
 * `pulumi import` requests code for imported resources. The official host generates it; this one returns the inputs as
 * comments, since this project's resources are already declared in its program.
 */
function declarations(sources) {
  const lines = sources.flatMap(([, text]) => text.split("\n")).filter((line) => line.trim() !== "");
  return [
    "// This engine's language host writes no TypeScript. What index.ts declares already needs no code; for anything else,",
    "// these are the imported inputs:",
    ...lines.map((line) => `// ${line}`.trimEnd()),
    "",
  ].join("\n");
}

/** Runs a policy pack, a folder with a Node program, and streams its output to the engine. */
function runPlugin(call) {
  const { request } = call;
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  if (request.getKind() !== "analyzer") {
    const details = `this language host runs policy packs alone, no plugin of the kind "${request.getKind()}"`;
    call.emit("error", { code: grpc.status.UNIMPLEMENTED, details });
    return;
  }
  const entry = "@pulumi/pulumi/cmd/run-policy-pack";
  const own = createRequire(join(folder, "package.json"));
  const given = Object.fromEntries(request.getEnvList().map((line) => /^([^=]+)=(.*)$/s.exec(line)?.slice(1) ?? []));
  const program = spawn(
    process.execPath,
    [
      ...["--no-warnings=ExperimentalWarning", ...endingWithUs(), resolved(own, entry) ?? require.resolve(entry)],
      ...[...request.getArgsList(), folder],
    ],
    { cwd: request.getPwd(), env: { ...process.env, ...given }, stdio: ["ignore", "pipe", "pipe"] },
  );
  running.add(program);
  const say = (set) => (part) => {
    const response = new messages.RunPluginResponse();
    response[set](new Uint8Array(part));
    call.write(response);
  };
  program.stdout.on("data", say("setStdout"));
  program.stderr.on("data", say("setStderr"));
  program.on("error", (error) => call.emit("error", { code: grpc.status.INTERNAL, details: error.message }));
  // "close" comes after all output.
  program.on("close", (code) => {
    running.delete(program);
    const response = new messages.RunPluginResponse();
    response.setExitcode(code ?? 1);
    call.write(response);
    call.end();
  });
  // The engine cancels its call to end a plugin.
  call.on("cancelled", () => program.kill());
}

/** Script next to this one that ends a plugin when this host was killed. */
function endingWithUs() {
  const file = join(import.meta.dirname, "ends-with-engine.cjs");
  return existsSync(file) ? ["--require", file] : [];
}

function resolved(from, name) {
  try {
    return from.resolve(name);
  } catch {
    return undefined;
  }
}

const configuration = (request) => ({
  PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
});

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
const unimplemented = (_call, done) =>
  done({ code: grpc.status.UNIMPLEMENTED, message: "not needed to run a program" });
const methods = Object.keys(service.LanguageRuntimeService);
server.addService(service.LanguageRuntimeService, {
  ...Object.fromEntries(methods.map((name) => [name, unimplemented])),
  ...host,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});

// An engine that ends normally ends its plugins. If it was killed, this process gets another parent, and the engine's pipe
// is closed.
const end = () => {
  for (const program of running) program.kill();
  process.exit(1);
};
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(), 1000).unref();
const input = fstatSync(0, { throwIfNoEntry: false });
if (input?.isFIFO() || input?.isSocket()) {
  process.stdin.on("end", end).on("error", end).resume();
  process.stdin.unref?.();
}
