import { once } from "node:events";
import { resolve } from "node:path";
import { type Command, CommanderError } from "commander";
import { createColors } from "picocolors";
import { whenLauncherIsGone } from "../../local/ends-with-us.ts";
import { EngineNotFound } from "../../local/engine/ensure.ts";
import { which } from "../../local/engine/on-path.ts";
import { isVendorError } from "../../resources/kernel/errors.ts";
import { jsonText, readable, readableLines } from "../text/escape.ts";
import { safe } from "../text/safe.ts";
import { exitCodes, type Outcome, schemaVersion } from "./exit.ts";
import { Failure, isFailure } from "./failure.ts";
import { asItWorksHere } from "./printed.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Wraps a command's work as its action: passes its surroundings, ends the process with the exit code of its outcome, and
 * prints a failure as one readable text. Ctrl-C aborts the signal; the work then stops what it started.
 */
export function action<Options extends object>(
  command: Command,
  work: (options: Options, surroundings: Surroundings) => Promise<Outcome>,
): Command {
  return command.action(async () => {
    const interruption = new AbortController();
    const stop = (): void => interruption.abort();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    whenLauncherIsGone(stop);
    const color = createColors(mayColor(process.stderr, process.env));
    const { cwd = ".", ...options } = command.optsWithGlobals<
      Options & { cwd?: string; json?: true; stack?: string }
    >();
    let printed = false;
    const surroundings: Surroundings = {
      command: fullName(command),
      cwd: resolve(cwd),
      env: process.env,
      signal: interruption.signal,
      progress: (line) => console.error(color.dim(readable(line))),
      print: (text) => {
        printed = true;
        process.stdout.write(text);
      },
      colors: mayColor(process.stdout, process.env),
      columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    };
    let code: number = exitCodes.broken;
    try {
      code = exitCodes[await work(options as unknown as Options, surroundings)];
    } catch (error) {
      if (!interruption.signal.aborted) {
        const printing = { hasPulumi: which("pulumi") !== undefined, stack: options.stack };
        const clean = (text: string): string => asItWorksHere(safe(text, process.env), printing);
        const words = readableLines(clean(explained(error))).join("\n");
        console.error(`${color.red("error:")} ${words}`);
        // Print one document only: a report that is already printed has more detail.
        if (options.json && !printed) surroundings.print(clean(errorReport(error, surroundings.command)));
      }
    }
    if (interruption.signal.aborted) code = exitCodes.interrupted;
    await flushed(process.stdout);
    process.exit(code);
  });
}

/** The JSON document of a command that failed before its report. */
function errorReport(error: unknown, command: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const fix = isFailure(error) ? error.fix : undefined;
  return `${jsonText({ schemaVersion, command, outcome: "failed", error: { message, fix } })}\n`;
}

/** "import sentry", without the program's own name. */
function fullName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${fullName(parent)} ${command.name()}` : command.name();
}

/**
 * Runs the program. Wrong arguments are reported like any failure: in words, and with --json also as JSON.
 */
export async function runProgram(program: Command, args: readonly string[]): Promise<void> {
  const prepare = (command: Command): void => {
    command.exitOverride();
    for (const one of command.commands) prepare(one);
  };
  prepare(program);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unlessNobodyReads);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are no mistakes; any other is, and commander has printed it to stderr.
    process.exitCode = error.exitCode;
    if (error.exitCode !== 0 && args.includes("--json"))
      process.stdout.write(errorReport(new Failure(error.message.replace(/^error: /, "")), commandIn(program, args)));
  }
}

/** A reader may close the pipe early, as in `obs --help | head`: that is no error. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** The name of the command in the arguments, as far as it exists. */
function commandIn(program: Command, args: readonly string[]): string {
  let command = program;
  const names: string[] = [];
  for (const word of args) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) continue;
    command = next;
    names.push(word);
  }
  return names.join(" ");
}

/** The message alone for what a person can fix; a stack trace only for our own bugs. */
function explained(error: unknown): string {
  if (isFailure(error)) return `${error.message}${error.fix === undefined ? "" : `\n  ${error.fix}`}`;
  if (error instanceof EngineNotFound || isVendorError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Waits until a pipe has taken all output: what is still buffered at exit would be lost. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  // Fails when the reader has closed the pipe.
  if (stream.writableNeedDrain) await once(stream, "drain").catch(() => {});
}

/**
 * Whether output to a stream may be colored: at a terminal that supports it, unless NO_COLOR is set
 * (no-color.org); elsewhere only when FORCE_COLOR is set.
 */
export function mayColor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && stream.hasColors();
}
