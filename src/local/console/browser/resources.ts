/*
 * The resources' page: loads live states when they are opened, and shows the drift check while it runs.
 */

import { focusAgain, focused } from "./page-view.ts";

for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-live]")) {
  details.addEventListener("toggle", async () => {
    const shown = details.querySelector("pre");
    if (!details.open || !shown) return;
    const answer = await fetch(`/resources/live?urn=${encodeURIComponent(details.dataset.live ?? "")}`);
    shown.textContent = await answer.text();
  });
}

const driftStatus = document.querySelector("#drift-status");

async function showDrift(): Promise<void> {
  const answer = await fetch("/drift");
  const panel = document.querySelector("#drift");
  if (!panel || !answer.ok) return;
  const focus = panel.contains(document.activeElement) ? focused() : undefined;
  panel.outerHTML = await answer.text();
  const terminal = document.querySelector<HTMLElement>("#drift .terminal");
  terminal?.scrollTo({ top: terminal.scrollHeight });
  focusAgain(focus);
  const verdict = document.querySelector("#drift [data-verdict]")?.textContent ?? "";
  if (driftStatus && driftStatus.textContent !== verdict) driftStatus.textContent = verdict;
}

document.addEventListener("news:drift", showDrift);
// Request the updates that were sent while this page was loading.
document.addEventListener("news:hello", () => {
  if (document.querySelector("#drift[data-running='true']")) void showDrift();
});
