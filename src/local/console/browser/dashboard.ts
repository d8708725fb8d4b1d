/*
 * A dashboard's page: reloads its charts when events change them, or when the page's width changes.
 */

const grid = document.querySelector<HTMLElement>("[data-dashboard]");
const boxes = [...document.querySelectorAll<HTMLElement>(".chart[data-tile]")];

const numbers = [...document.querySelectorAll<HTMLDetailsElement>("details[data-numbers]")];
for (const details of numbers) details.addEventListener("toggle", () => void showNumbers(details));

/** Minimum time between two requests for charts, since events come in bursts. */
const pauseMs = 1500;

let stale = new Set<string>();
/** Whether new events are the reason: after a mere resize nothing is highlighted as new. */
let isNews = false;
let isAsking = false;
let nextAt = 0;
let timer: number | undefined;

function tellWidth(): void {
  if (!grid) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it for the first charts
  document.cookie = `width=${Math.round(grid.clientWidth)}; path=/; max-age=31536000; samesite=strict`;
}

function ask(): void {
  if (isAsking || stale.size === 0) return;
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), Math.max(0, nextAt - Date.now()));
}

function showFiring(tile: string, firing: string | null): void {
  const badge = document.querySelector<HTMLElement>(`[data-firing="${tile}"]`);
  if (!badge) return;
  const words = firing === null ? "" : "firing now";
  badge.title = firing ?? "";
  // Setting the same text again would make a screen reader read it again.
  if (badge.textContent !== words) badge.textContent = words;
}

/** An open table of numbers is updated with its chart. */
async function showNumbers(details: HTMLDetailsElement): Promise<void> {
  const shown = details.querySelector(".numbers");
  if (!grid || !details.open || !shown || shown.matches(":focus-within")) return;
  const answer = await fetch(`/dashboards/${grid.dataset.dashboard}/numbers?tile=${details.dataset.numbers}`);
  if (answer.ok) shown.innerHTML = await answer.text();
}

async function refresh(): Promise<void> {
  if (!grid || isAsking) return;
  isAsking = true;
  const tiles = [...stale];
  const shine = isNews;
  isNews = false;
  stale = new Set();
  try {
    const answer = await fetch(`/dashboards/${grid.dataset.dashboard}/charts?tiles=${tiles.join(",")}`);
    const charts: Record<string, { figure: string; firing: string | null }> = await answer.json();
    for (const box of boxes) {
      const chart = charts[box.dataset.tile ?? ""];
      if (chart === undefined) continue;
      showFiring(box.dataset.tile ?? "", chart.firing);
      if (box.matches(":focus-within")) continue;
      box.innerHTML = chart.figure;
      box.classList.remove("fresh");
      if (!shine) continue;
      // Reading its size forces a reflow, so that the animation restarts.
      void box.offsetWidth;
      box.classList.add("fresh");
    }
    for (const details of numbers) if (tiles.includes(details.dataset.numbers ?? "")) void showNumbers(details);
  } catch {
    // The next event requests it again; the page's bar shows that the console does not answer.
  } finally {
    isAsking = false;
    nextAt = Date.now() + pauseMs;
    ask();
  }
}

/** The values at the position of the pointer or finger. */
const pointed = document.createElement("div");
pointed.className = "pointed";
pointed.setAttribute("aria-hidden", "true");
pointed.hidden = true;
document.body.append(pointed);

function showPointed(event: PointerEvent): void {
  const place = event.target instanceof Element ? event.target.closest<SVGElement>(".point") : null;
  pointed.hidden = place === null;
  if (place === null) return;
  pointed.textContent = place.dataset.words ?? "";
  const { offsetWidth: width, offsetHeight: height } = pointed;
  const beside = event.clientX + 14;
  const left = beside + width > innerWidth - 8 ? event.clientX - 14 - width : beside;
  const top = Math.min(event.clientY + 14, innerHeight - height - 8);
  pointed.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
}
document.addEventListener("pointermove", showPointed);
document.addEventListener("pointerdown", showPointed);
document.addEventListener(
  "scroll",
  () => {
    pointed.hidden = true;
  },
  { passive: true },
);
grid?.addEventListener("pointerleave", () => {
  pointed.hidden = true;
});

document.addEventListener("news:events", (event) => {
  const { names, counts } = (event as CustomEvent<{ names: string[]; counts: Record<string, number> }>).detail;
  for (const box of boxes) {
    const needed = box.dataset.events?.split(" ") ?? [];
    if (!box.dataset.tile || !needed.some((name) => names.includes(name))) continue;
    stale.add(box.dataset.tile);
    isNews = true;
  }
  for (const note of document.querySelectorAll<HTMLElement>("[data-unsent]")) {
    if (counts[note.dataset.unsent ?? ""]) note.remove();
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const count = counts[element.dataset.count ?? ""];
    if (count !== undefined) element.textContent = `${count.toLocaleString("en-US")} so far`;
  }
  ask();
});

function all(): void {
  for (const box of boxes) if (box.dataset.tile) stale.add(box.dataset.tile);
  ask();
}

/** Charts are drawn for one width; a slightly different page width only scales them. */
let drawnFor = Number(/(?:^|; )width=(\d+)/.exec(document.cookie)?.[1] ?? 1180);
function checkWidth(): void {
  if (!grid || Math.abs(grid.clientWidth - drawnFor) / drawnFor < 0.04) return;
  drawnFor = grid.clientWidth;
  tellWidth();
  all();
}

checkWidth();
tellWidth();
let resized: number | undefined;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(checkWidth, 250);
});
