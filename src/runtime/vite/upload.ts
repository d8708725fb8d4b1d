import { execFile } from "node:child_process";

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
 * Writes debug ids into the scripts of folders and their maps, and uploads both to Sentry, with the unmodified
 * `sentry-cli`. It retries lost parts and errors by itself, and waits until Sentry has unpacked them.
 *
 * @throws UploadError when the maps could not be uploaded
 */
export async function upload(
  folders: readonly string[],
  release: string,
  to: Destination,
  deadlineMs: number,
): Promise<void> {
  const until = Date.now() + deadlineMs;
  const cli = await cliPath();
  await run(cli, ["sourcemaps", "inject", ...folders], to, until);
  const waitSeconds = Math.max(1, Math.floor((until - Date.now()) / 1_000) - 5);
  await run(
    cli,
    ["sourcemaps", "upload", "--release", release, "--wait-for", String(waitSeconds), "--strict", ...folders],
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
    // With it sentry-cli reports success of what failed. What follows from a failure is decided here, by `strict`.
    SENTRY_ALLOW_FAILURE: undefined,
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
