/** Maximum wait for a busy page, in milliseconds. */
const patienceMs = 5_000;
/** Delay in milliseconds after loading, for browsers without requestIdleCallback (Safari). */
const fallbackMs = 200;

/**
 * Calls back when the page is idle or is hidden, since a visitor who leaves the tab may not come back. May call more than
 * once.
 */
export function whenIdle(callback: () => void): void {
  addEventListener("visibilitychange", callback, { once: true });
  if (typeof requestIdleCallback === "function") {
    requestIdleCallback(callback, { timeout: patienceMs });
    return;
  }
  const later = () => setTimeout(callback, fallbackMs);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}
