import { type ChildProcess, spawn } from "node:child_process";

/**
 * Reads process ids from its standard input, which is closed when the process that writes them is gone, however it went.
 * What runs then is told to end, so that a `pulumi` finishes what it has begun and gives its lock free; what still runs
 * after `$1` seconds is ended.
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

/** In a session of its own, so that neither a Ctrl-C nor the end of the terminal reaches it before it has done its work. */
function startWatchdog(): ChildProcess {
  const started = spawn("/bin/sh", ["-c", watch, "sh", String(patienceSeconds)], {
    ...{ cwd: "/", env: { PATH: "/usr/bin:/bin" }, detached: true, stdio: ["pipe", "ignore", "ignore"] },
  });
  // This process does not wait for it, and goes on without it where there is no shell.
  started.unref();
  started.on("error", () => {});
  started.stdin?.on("error", () => {});
  (started.stdin as { unref?: () => void } | null)?.unref?.();
  return started;
}

/**
 * Has a process that was started here end with this one, also when this one is killed and can do nothing any more. None on
 * Windows, which ends them with it.
 *
 * @returns to be called when it has ended: its number may be another process's then
 */
export function endsWithUs(pid: number | undefined): () => void {
  if (pid === undefined || process.platform === "win32") return () => {};
  watchdog ??= startWatchdog();
  const { stdin } = watchdog;
  stdin?.write(`started ${pid}\n`);
  return () => void stdin?.write(`ended ${pid}\n`);
}

/** A program that was started here, and that ends with this process. */
export function endWithUs<Started extends Promise<unknown> & { readonly pid?: number | undefined }>(
  started: Started,
): Started {
  const ended = endsWithUs(started.pid);
  started.then(ended, ended);
  return started;
}

/** Calls `stop` when the process that launched this one (tools/launch.mjs) is gone, however it went. */
export function whenLauncherIsGone(stop: () => void): void {
  process.once("disconnect", stop);
  // The channel alone is no reason to stay.
  process.channel?.unref();
}
