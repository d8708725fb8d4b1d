/**
 * The outcome of something that cannot be called off, such as a request: it is waited for no longer once the signal is
 * aborted. Not for what has to be cleaned up.
 */
export function unlessAborted<T>(signal: AbortSignal, pending: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([pending, promise]).finally(() => signal.removeEventListener("abort", abort));
}

/** Waits for all, also when one fails: none goes on in the background. @throws what failed first, in the given order */
export async function allSettled<const T extends readonly unknown[]>(
  pending: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(pending);
  return Promise.all(pending);
}
