/** Longest that a busy page is waited for. */
const patienceMs = 5_000;
/** Where the browser cannot tell when it is idle (Safari): this long after the page is loaded. */
const fallbackMs = 200;

/**
 * Calls back when the page has nothing better to do, or is hidden: who looks at another tab may not come back. Once or
 * more often.
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
