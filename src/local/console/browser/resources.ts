/*
 * The resources' page: live states when they are opened, and the drift check while it runs.
 */

for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-live]")) {
  details.addEventListener("toggle", async () => {
    const shown = details.querySelector("pre");
    if (!details.open || !shown) return;
    const answer = await fetch(`/resources/live?urn=${encodeURIComponent(details.dataset.live ?? "")}`);
    shown.textContent = await answer.text();
  });
}

document.addEventListener("news:drift", async () => {
  const answer = await fetch("/drift");
  const panel = document.querySelector("#drift");
  if (!panel || !answer.ok) return;
  const focused = panel.contains(document.activeElement);
  panel.outerHTML = await answer.text();
  const terminal = document.querySelector<HTMLElement>("#drift .terminal");
  terminal?.scrollTo({ top: terminal.scrollHeight });
  if (focused) document.querySelector<HTMLButtonElement>("#drift button")?.focus();
});
