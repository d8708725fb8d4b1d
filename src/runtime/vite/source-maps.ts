import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, posix, relative, resolve, sep } from "node:path";

const isMap = /\.(?:[cm]?js|css)\.map$/;

/** Source maps of scripts and styles in a folder and below, as full paths. */
export async function mapsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isMap.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

export async function removeFiles(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

/** Sources by their path in the repository: Sentry shows `src/inbox/Thread.tsx`, not `../../src/inbox/Thread.tsx`. */
export async function nameSources(map: string, root: string): Promise<void> {
  const content = JSON.parse(await readFile(map, "utf8")) as { sources?: (string | null)[]; sourceRoot?: string };
  const { sources = [], sourceRoot = "", ...rest } = content;
  const named = sources.map((source) => source && sourceName(posix.join(sourceRoot, source), map, root));
  await writeFile(map, JSON.stringify({ ...rest, sources: named }));
}

function sourceName(source: string, map: string, root: string): string {
  // Vite's internal modules and URLs are not files.
  if (/^(?:\0|[a-z][a-z\d+.-]*:)/i.test(source)) return source;
  const file = resolve(map, "..", source);
  const [library] = /node_modules[\\/].*$/.exec(file) ?? [];
  return (library ?? relative(root, file)).split(sep).join("/");
}

/** Destination of source maps. */
export interface Destination {
  readonly token: string;
  readonly organization: string;
  readonly project: string;
  /** Default https://sentry.io/. */
  readonly url: string | undefined;
}

/** Why something failed, in a line without the token. */
export class UploadError extends Error {
  /** Sentry has received everything and is still processing: the maps may be available later. */
  readonly isLate: boolean;

  constructor(message: string, { isLate = false } = {}) {
    super(message);
    this.isLate = isLate;
  }
}

/**
 * Writes debug ids into the scripts of a folder and their maps, and uploads both to Sentry, with the unmodified
 * `sentry-cli`. It retries lost parts and errors by itself, and waits until Sentry has unpacked them.
 *
 * @throws UploadError when the maps could not be uploaded
 */
export async function upload(folder: string, release: string, to: Destination, deadlineMs: number): Promise<void> {
  const until = Date.now() + deadlineMs;
  const cli = await cliPath();
  await run(cli, ["sourcemaps", "inject", folder], to, until);
  const waitSeconds = Math.max(1, Math.floor((until - Date.now()) / 1_000) - 5);
  await run(
    cli,
    ["sourcemaps", "upload", "--release", release, "--wait-for", String(waitSeconds), "--strict", folder],
    to,
    until,
  );
}

async function cliPath(): Promise<string> {
  try {
    const { SentryCli } = await import("@sentry/cli");
    return SentryCli.getPath();
  } catch {
    throw new UploadError("@sentry/cli is not installed: npm install --save-dev @sentry/cli");
  }
}

function run(cli: string, args: readonly string[], to: Destination, until: number): Promise<void> {
  const env = {
    ...process.env,
    ...{ SENTRY_AUTH_TOKEN: to.token, SENTRY_ORG: to.organization, SENTRY_PROJECT: to.project },
    ...(to.url !== undefined && { SENTRY_URL: to.url }),
    // Hides the progress bar, which needs a terminal, and backtraces, which are for sentry-cli's authors.
    ...{ SENTRY_DISABLE_UPDATE_CHECK: "true", SENTRY_NO_PROGRESS_BAR: "1", RUST_BACKTRACE: "0" },
  };
  const timeout = Math.max(1, until - Date.now());
  return new Promise((resolve, reject) => {
    execFile(cli, [...args], { env, timeout, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) resolve();
      else if (error.killed) reject(new UploadError("Sentry did not answer within the time that the build gives it"));
      else {
        const reason = reasonIn(`${stderr}\n${stdout}`, to.token) ?? `sentry-cli ended with ${error.code}`;
        reject(new UploadError(reason, { isLate: /^Failed to process files in/.test(reason) }));
      }
    });
  });
}

/** The line of sentry-cli's output with the reason, and its causes. */
export function reasonIn(output: string, token: string): string | undefined {
  const lines = output
    .replaceAll(token, "…")
    .split("\n")
    .map((line) => line.trim());
  const error = lines.find((line) => /^error:/i.test(line));
  if (error === undefined) return undefined;
  const cause = lines[lines.indexOf("Caused by:") + 1];
  const causes = lines.includes("Caused by:") && cause ? `: ${cause.replace(/^\d+:\s*/, "")}` : "";
  return `${error.replace(/^error:\s*/i, "").replace(/[.:]$/, "")}${causes}`.slice(0, 300);
}
