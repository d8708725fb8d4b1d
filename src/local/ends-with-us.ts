import { type ChildProcess, spawn } from "node:child_process";

/**
 * Reads process ids from its standard input, which closes when the writing process ends for any reason. It then sends
 * SIGINT to the processes that still run, so that a `pulumi` finishes its work and releases its lock, and SIGKILL to those
 * left after `$1` seconds.
 */
const watch = `
trap '' INT TERM HUP
pids=
while read -r what pid; do
  case $what in
    started) pids="$pids $pid" ;;
    ended) left=; for one in $pids; do [ "$one" = "$pid" ] || left="$left $one"; done; pids=$left ;;
  esac
done
for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
second=0
while [ "$second" -lt "$1" ]; do
  left=
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && left="$left $pid"; done
  pids=$left
  [ -n "$pids" ] || exit 0
  sleep 1
  second=$((second + 1))
done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
`;

const patienceSeconds = 20;

let watchdog: ChildProcess | undefined;

/** Runs in its own session, so that neither Ctrl-C nor closing the terminal stops it before its work is done. */
function startWatchdog(): ChildProcess {
  const started = spawn("/bin/sh", ["-c", watch, "sh", String(patienceSeconds)], {
    ...{ cwd: "/", env: { PATH: "/usr/bin:/bin" }, detached: true, stdio: ["pipe", "ignore", "ignore"] },
  });
  // This process does not wait for it, and continues without it when there is no shell.
  started.unref();
  started.on("error", () => {});
  started.stdin?.on("error", () => {});
  (started.stdin as { unref?: () => void } | null)?.unref?.();
  return started;
}

/**
 * Makes a child process end with this one, even when this one is killed. Does nothing on Windows, which ends child processes
 * itself.
 *
 * @returns a function to call when the child has ended, since its id may then be reused
 */
export function endsWithUs(pid: number | undefined): () => void {
  if (pid === undefined || process.platform === "win32") return () => {};
  watchdog ??= startWatchdog();
  const { stdin } = watchdog;
  stdin?.write(`started ${pid}\n`);
  return () => void stdin?.write(`ended ${pid}\n`);
}

/** Starts a program that ends with this process. */
export function endWithUs<Started extends Promise<unknown> & { readonly pid?: number | undefined }>(
  started: Started,
): Started {
  const ended = endsWithUs(started.pid);
  started.then(ended, ended);
  return started;
}

/** Calls `stop` when the process that launched this one (tools/launch.mjs) has ended for any reason. */
export function whenLauncherIsGone(stop: () => void): void {
  process.once("disconnect", stop);
  // The channel must not keep this process alive.
  process.channel?.unref();
}
