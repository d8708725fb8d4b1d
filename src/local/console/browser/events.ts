/*
 * The stream of events: new rows on top, filtered as they come, or held to be read.
 */

const body = document.querySelector<HTMLTableSectionElement>("#stream");
const filter = document.querySelector<HTMLInputElement>("#filter");
const onlyRedacted = document.querySelector<HTMLInputElement>("#only-redacted");
const hold = document.querySelector<HTMLButtonElement>("#hold");
const total = document.querySelector("#total");

const box = document.querySelector<HTMLElement>(".stream");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const mostRows = 200;
/** A slide that is under way is still a look at the newest. */
const slideMs = 1500;
let slidingUntil = 0;
const clock = { hour12: false } as const;
let held: string[] = [];
let isHolding = false;

function isShown(row: HTMLTableRowElement): boolean {
  const wanted = filter?.value.trim().toLowerCase() ?? "";
  if (onlyRedacted?.checked && !("redacted" in row.dataset)) return false;
  return wanted === "" || (row.textContent ?? "").toLowerCase().includes(wanted);
}

function showFiltered(): void {
  for (const row of body?.rows ?? []) row.hidden = !isShown(row);
}

/** Nothing that is read jumps: new rows are put above what is seen, and slide in where the newest are looked at. */
function add(rows: string): void {
  if (!body || !box) return;
  const isFollowing = box.scrollTop < 4 || performance.now() < slidingUntil;
  const seen = [...body.rows].find((row) => !row.hidden);
  const before = seen?.offsetTop ?? 0;
  body.insertAdjacentHTML("afterbegin", rows);
  while (body.rows.length > mostRows) body.deleteRow(-1);
  localTimes();
  showFiltered();
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
filter?.addEventListener("input", showFiltered);
onlyRedacted?.addEventListener("change", showFiltered);
localTimes();
