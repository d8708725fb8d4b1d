/** Errors of Node and SQLite that are caused by this machine and not by our code. */
interface Trouble {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly path?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/**
 * Message for an error caused by the disk: what happened, what follows, what to do. Undefined for other errors, which are
 * our own bugs.
 */
export function diskTrouble(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, errcode, path, message, cause, errors } = error as Trouble;
  const text = String(message ?? "");
  const where = typeof path === "string" ? path : undefined;
  // SQLite: https://www.sqlite.org/rescode.html, 13 SQLITE_FULL, 8 SQLITE_READONLY, 14 SQLITE_CANTOPEN.
  const primary = typeof errcode === "number" ? errcode & 0xff : undefined;
  if (code === "ENOSPC" || code === "EDQUOT" || primary === 13 || /database or disk is full/.test(text)) {
    return `There is no space left on the disk${where ? ` for ${where}` : ""}.\n  What could not be written is missing.\n  Make some space (the local cloud's own things are in .local/), then run npm start again.`;
  }
  // Codes for a folder below a file, or in /proc.
  const isNoPlace = code === "ENOTDIR" || (code === "ENOENT" && /\bmkdir\b/.test(text));
  if (isNoPlace || code === "EROFS" || code === "EACCES" || code === "EPERM" || primary === 8 || primary === 14) {
    return `${where ?? "A folder that is needed"} cannot be written (${text}).\n  Without it the local cloud cannot keep its engine, its state or its events.\n  Make it writable, or name another folder for what is cached: XDG_CACHE_HOME=/a/folder npm start`;
  }
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return inner.map(diskTrouble).find((found) => found !== undefined);
}
