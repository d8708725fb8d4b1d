/*
 * Runs in the tested page before its first script: records its errors and layout shifts, and inspects what it shows.
 */

const noted = { shift: 0, refused: [] as string[] };

new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
    if (!entry.hadRecentInput) noted.shift += entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  noted.refused.push(`${violatedDirective} refused ${blockedURI}`),
);

const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function groundOf(element: Element): string {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const { backgroundColor } = getComputedStyle(one);
    if ((channels(backgroundColor)[3] ?? 1) > 0.99) return backgroundColor;
  }
  return "rgb(255, 255, 255)";
}

function contrastOf(element: Element): number {
  const { color, fill } = getComputedStyle(element);
  const one = luminance(element instanceof SVGElement ? fill : color);
  const other = luminance(groundOf(element));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const isShownText = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true }) &&
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());

Object.assign(globalThis, {
  noted,
  /** Texts whose contrast is below what WCAG 2 requires at level AA: 4.5, or 3 for large texts. */
  lowContrast(): string[] {
    const found = [...document.querySelectorAll("body *")].filter(isShownText).flatMap((element) => {
      const { fontSize, fontWeight } = getComputedStyle(element);
      const size = Number.parseFloat(fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
      const contrast = contrastOf(element);
      const text = element.textContent?.trim().slice(0, 40);
      return contrast < (isLarge ? 3 : 4.5) ? [`${contrast.toFixed(2)} for “${text}”`] : [];
    });
    return [...new Set(found)];
  },
});
