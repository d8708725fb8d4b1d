/*
 * Restores the reader's place (focus, scroll position, open details) when a page is reloaded after a button or an update.
 */

interface PageView {
  readonly address: string;
  /** The focused element: its text, and how many elements with the same text precede it. */
  readonly focus: { readonly words: string; readonly among: number } | undefined;
  /** Open details, by their summary's text. */
  readonly open: readonly string[];
  readonly top: number;
}

const key = "place";
const reachable = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']";

const wordsOf = (element: Element): string =>
  `${element.tagName} ${element.id} ${element.getAttribute("aria-label") ?? element.textContent?.trim().replace(/\s+/g, " ")}`;

/** A button whose label changes is identified by the data that it sends. */
function nameOf(element: Element): string {
  const form = element.closest("form");
  if (!form || element.tagName !== "BUTTON") return wordsOf(element);
  const fields = [...new FormData(form)].map(([name, value]) => `${name}=${String(value)}`).join("&");
  return `${form.getAttribute("action")} ${fields}`;
}

const all = (): Element[] => [...document.querySelectorAll(reachable)];

/** Describes the focused element, so that it can be found again in the replaced content. */
export function focused(): PageView["focus"] {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || activeElement.id === "content") return undefined;
  const words = nameOf(activeElement);
  const same = all().filter((one) => nameOf(one) === words);
  return { words, among: Math.max(0, same.indexOf(activeElement)) };
}

export function focusAgain(focus: PageView["focus"]): void {
  if (!focus) return;
  const same = all().filter((one) => nameOf(one) === focus.words);
  (same[focus.among] as HTMLElement | undefined)?.focus({ preventScroll: true });
}

const folds = (): HTMLDetailsElement[] => [...document.querySelectorAll<HTMLDetailsElement>("details")];
const foldName = (details: HTMLDetailsElement): string => {
  const near = details.closest("[aria-labelledby], li")?.querySelector("h2, strong")?.textContent ?? "";
  return `${near} ${details.querySelector("summary")?.textContent?.trim() ?? ""}`;
};

export function keepPlace(): void {
  const open = folds().filter((one) => one.open);
  const place: PageView = {
    address: location.pathname,
    focus: focused(),
    open: open.map(foldName),
    top: scrollY,
  };
  sessionStorage.setItem(key, JSON.stringify(place));
}

/** Used once: a page that is opened again later starts at its top. */
export function takePlace(): void {
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (kept === null) return;
  const { address, focus, open, top } = JSON.parse(kept) as PageView;
  if (address !== location.pathname) return;
  for (const details of folds()) if (open.includes(foldName(details))) details.open = true;
  scrollTo({ top, behavior: "instant" });
  focusAgain(focus);
}
