/*
 * The stream of events: new rows on top, filtered as they come, or held to be read.
 */

const body = document.querySelector<HTMLTableSectionElement>("#stream");
const filter = document.querySelector<HTMLInputElement>("#filter");
const onlyRedacted = document.querySelector<HTMLInputElement>("#only-redacted");
const hold = document.querySelector<HTMLButtonElement>("#hold");
const total = document.querySelector("#total");

const mostRows = 200;
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

function add(rows: string): void {
  if (!body) return;
  body.insertAdjacentHTML("afterbegin", rows);
  while (body.rows.length > mostRows) body.deleteRow(-1);
  localTimes();
  showFiltered();
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
