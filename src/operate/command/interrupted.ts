/**
 * The outcome of work that cannot be cancelled, such as a request: waiting for it ends when the signal is aborted.
 * Not for work that needs cleaning up.
 */
export function unlessAborted<T>(signal: AbortSignal, pending: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([pending, promise]).finally(() => signal.removeEventListener("abort", abort));
}

/** Waits for all promises even when one fails, so that none continues in the background. @throws the first failure, in the given order */
export async function allSettled<const T extends readonly unknown[]>(
  pending: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(pending);
  return Promise.all(pending);
}
