/*
 * The stream of events: new rows at their places, the newest on top, filtered as they come, or held to be read.
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
/** A slide that is under way is still a look at the newest. */
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

/** How many events match, as far as it is known. */
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

/** The server looks through all events; what is here is only the last of them. */
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

/** Nothing that is read jumps: new rows are put above what is seen, and slide in where the newest are looked at. */
function add(rows: string): void {
  if (!body || !box) return;
  const isFollowing = box.scrollTop < 4 || performance.now() < slidingUntil;
  const [seen] = body.rows;
  const before = seen?.offsetTop ?? 0;
  for (const row of rowsOf(rows).filter(isShown)) {
    found += 1;
    // Two apps send, each when it likes: what happened before may arrive after.
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

/** Times as the clock on the wall has them. */
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
// A browser may keep what was typed before a page was loaded again.
if (isFiltered()) void search();
