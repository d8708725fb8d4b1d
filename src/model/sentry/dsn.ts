/** A Sentry DSN, taken apart (develop.sentry.dev/sdk/overview/#parsing-the-dsn). */
export interface Dsn {
  readonly publicKey: string;
  /** Number of the project. */
  readonly projectId: string;
  /** Where envelopes are posted to. */
  readonly envelopeUrl: string;
}

/** Undefined if the text is not a DSN. */
export function parseDsn(text: string): Dsn | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, host, pathname } = new URL(text);
  const [, path = "", projectId] = /^(.*)\/(\d+)$/.exec(pathname) ?? [];
  if (username === "" || projectId === undefined || !/^https?:$/.test(protocol)) return undefined;
  return { publicKey: username, projectId, envelopeUrl: `${protocol}//${host}${path}/api/${projectId}/envelope/` };
}
