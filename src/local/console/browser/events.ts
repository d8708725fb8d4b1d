/*
 * The stream of events: inserts new rows, newest on top, filters them, and can be paused for reading.
 */

const body = document.querySelector<HTMLTableSectionElement>("#stream");
const filter = document.querySelector<HTMLInputElement>("#filter");
const onlyRedacted = document.querySelector<HTMLInputElement>("#only-redacted");
const hold = document.querySelector<HTMLButtonElement>("#hold");
const total = document.querySelector("#total");
const matches = document.querySelector("#matches");

const box = document.querySelector<HTMLElement>(".stream");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const mostRows = 200;
/** While the new rows slide in, the scroll position still counts as "at the top". */
const slideMs = 1500;
let slidingUntil = 0;
const clock = { hour12: false } as const;
let held: string[] = [];
let isHolding = false;

const wanted = (): string => filter?.value.trim().toLowerCase() ?? "";
const isFiltered = (): boolean => wanted() !== "" || onlyRedacted?.checked === true;

function isShown(row: HTMLTableRowElement): boolean {
  if (onlyRedacted?.checked && !("redacted" in row.dataset)) return false;
  return wanted() === "" || (row.textContent ?? "").toLowerCase().includes(wanted());
}

const timeOf = (row: HTMLTableRowElement): string => row.querySelector("time")?.dateTime ?? "";

function rowsOf(text: string): HTMLTableRowElement[] {
  const template = document.createElement("template");
  template.innerHTML = text;
  return [...template.content.querySelectorAll("tr")];
}

/** Number of matching events; undefined when not known. */
let found = 0;

function tellMatches(): void {
  if (!matches) return;
  if (!isFiltered()) matches.textContent = "";
  else if (found === 0) matches.textContent = "Nothing matches, of all events so far.";
  else {
    const some = found > mostRows ? `, the newest ${mostRows} are shown` : "";
    matches.textContent = `${found.toLocaleString("en-US")} ${found === 1 ? "event matches" : "events match"}${some}.`;
  }
}

let asked = 0;
let typing: number | undefined;

/** Filters on the server, which has all events; the page has only the last ones. */
async function search(): Promise<void> {
  asked += 1;
  const number = asked;
  const query = new URLSearchParams({ text: wanted(), ...(onlyRedacted?.checked && { redacted: "1" }) });
  const answer = await fetch(`/events/found?${query}`).catch(() => undefined);
  if (!answer?.ok) {
    if (matches) matches.textContent = "The console does not answer: the filter could not be applied.";
    return;
  }
  const { rows, count } = (await answer.json()) as { rows: string; count: number };
  if (!body || number !== asked) return;
  found = count;
  body.innerHTML = rows;
  localTimes();
  tellMatches();
  box?.scrollTo({ top: 0 });
}

/** Inserts new rows without moving the visible ones; they slide in when the reader is at the top. */
function add(rows: string): void {
  if (!body || !box) return;
  const isFollowing = box.scrollTop < 4 || performance.now() < slidingUntil;
  const [seen] = body.rows;
  const before = seen?.offsetTop ?? 0;
  for (const row of rowsOf(rows).filter(isShown)) {
    found += 1;
    // The two apps send independently, so an earlier event may arrive later.
    const older = [...body.rows].find((one) => timeOf(one) <= timeOf(row));
    body.insertBefore(row, older ?? null);
  }
  while (body.rows.length > mostRows) body.deleteRow(-1);
  localTimes();
  tellMatches();
  if (!seen?.isConnected) return;
  box.scrollTop += seen.offsetTop - before;
  if (!isFollowing) return;
  slidingUntil = performance.now() + slideMs;
  requestAnimationFrame(() => box.scrollTo({ top: 0, behavior: calm.matches ? "instant" : "smooth" }));
}

/** Shows times in the reader's time zone. */
function localTimes(): void {
  for (const time of body?.querySelectorAll<HTMLTimeElement>("time:not([data-local])") ?? []) {
    const at = new Date(time.dateTime);
    const isToday = at.toDateString() === new Date().toDateString();
    time.textContent = isToday ? at.toLocaleTimeString([], clock) : at.toLocaleString([], clock);
    time.dataset.local = "";
  }
}

document.addEventListener("news:events", (event) => {
  const { rows, counts } = (event as CustomEvent<{ rows: string; counts: Record<string, number> }>).detail;
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  if (total) total.textContent = sum.toLocaleString("en-US");
  if (isHolding) {
    held.push(rows);
    if (hold) hold.textContent = "Go on (more has arrived)";
  } else add(rows);
});

hold?.addEventListener("click", () => {
  isHolding = !isHolding;
  hold.setAttribute("aria-pressed", String(isHolding));
  hold.textContent = isHolding ? "Go on" : "Hold";
  if (!isHolding) {
    for (const rows of held) add(rows);
    held = [];
  }
});
filter?.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => void search(), 200);
});
onlyRedacted?.addEventListener("change", () => void search());
localTimes();
// A browser may restore the typed text after a reload.
if (isFiltered()) void search();
