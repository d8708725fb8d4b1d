/*
 * Where somebody is on a page: kept while the page is loaded again, after a button or because something else is shown.
 */

interface PageView {
  readonly address: string;
  /** Of the element that had the focus: its words, and how many with the same ones stand before it. */
  readonly focus: { readonly words: string; readonly among: number } | undefined;
  /** What was unfolded, by its words. */
  readonly open: readonly string[];
  readonly top: number;
}

const key = "place";
const reachable = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']";

const wordsOf = (element: Element): string =>
  `${element.tagName} ${element.id} ${element.getAttribute("aria-label") ?? element.textContent?.trim().replace(/\s+/g, " ")}`;

/** Buttons whose words change with what they do keep their place by what they send. */
function nameOf(element: Element): string {
  const form = element.closest("form");
  if (!form || element.tagName !== "BUTTON") return wordsOf(element);
  const fields = [...new FormData(form)].map(([name, value]) => `${name}=${String(value)}`).join("&");
  return `${form.getAttribute("action")} ${fields}`;
}

const all = (): Element[] => [...document.querySelectorAll(reachable)];

/** The element that has the focus, to be found again in what takes its place. */
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

/** Once: a page that is opened anew begins at its top. */
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
