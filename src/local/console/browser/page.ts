/*
 * On every page: the theme, the width for the charts, and live updates.
 */

import type { Received } from "./live.ts";
import { keepPlace, takePlace } from "./page-view.ts";

const themeButton = document.querySelector<HTMLButtonElement>("#theme");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function themeNow(): "light" | "dark" {
  return (root.dataset.theme as "light" | "dark" | undefined) ?? (prefersDark.matches ? "dark" : "light");
}

function showTheme(): void {
  if (!themeButton) return;
  const other = themeNow() === "dark" ? "light" : "dark";
  themeButton.classList.remove("waiting");
  themeButton.textContent = other === "dark" ? "Dark" : "Light";
  themeButton.setAttribute("aria-label", `Switch to the ${other} theme`);
}

showTheme();
prefersDark.addEventListener("change", showTheme);
themeButton?.addEventListener("click", () => {
  root.dataset.theme = themeNow() === "dark" ? "light" : "dark";
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, so that the next page begins in its theme
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
  showTheme();
});

const pulse = document.querySelector("#pulse");
const pulseText = document.querySelector("#pulse-text");

function showPulse(state: "live" | "lost", text: string): void {
  pulse?.setAttribute("data-state", state);
  if (pulseText) pulseText.textContent = text;
}

const { port } = new SharedWorker("/assets/live.js", { type: "module" });
port.addEventListener("message", ({ data: { kind, data } }: MessageEvent<Received>) => {
  if (kind === "hello") showPulse("live", "live");
  if (kind === "lost") showPulse("lost", "not connected");
  document.dispatchEvent(new CustomEvent(`news:${kind}`, { detail: JSON.parse(data || "{}") }));
});
port.start();
// The vendors' state or the files have changed: reload the whole page.
document.addEventListener("news:stack", () => {
  keepPlace();
  location.reload();
});
document.addEventListener("submit", keepPlace);
addEventListener("pagehide", () => port.postMessage("left"));
// A page restored from the browser's cache has missed updates.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
takePlace();

// Screen readers announce changes of a status, but not its initial text.
for (const notice of document.querySelectorAll(".notice[role=status], .edit[role]")) {
  const content = notice.innerHTML;
  notice.textContent = "";
  requestAnimationFrame(() => {
    notice.innerHTML = content;
  });
}
