/** Longest that a busy page is waited for. */
const patienceMs = 5_000;
/** Where the browser cannot tell when it is idle (Safari): this long after the page is loaded. */
const fallbackMs = 200;

/** Calls back when the page has nothing better to do. */
export function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === "function") {
    requestIdleCallback(callback, { timeout: patienceMs });
    return;
  }
  const later = () => setTimeout(callback, fallbackMs);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}
