import { lineColour } from "./charts/over-time.ts";
import { type Look, renderChart } from "./charts/render.ts";
import { formatNumber, plainUnit } from "./format.ts";
import { rectangle, type Size } from "./svg/shapes.ts";
import { fitted, textElement } from "./svg/text.ts";
import type { Colours } from "./theme.ts";
import type { Shares } from "./views/view.ts";

const size = 12;
const rowHeight = 20;

/** A ring with the names of its parts beside it. */
export function drawShares(view: Shares, { width, height }: Size, look: Look): string {
  const { colours } = look;
  const ring = { x: 0, y: 0, width: Math.min(height, width * 0.45), height };
  const room = Math.max(1, Math.floor(height / rowHeight));
  const shown = view.slices.length > room ? view.slices.slice(0, room - 1) : view.slices;
  const more = view.slices.length - shown.length;
  const whole = view.slices.reduce((sum, { value }) => sum + value, 0);
  const top = (height - (shown.length + (more > 0 ? 1 : 0)) * rowHeight) / 2;
  const x = ring.width + 18;
  const rows = shown.map(({ name, tone, value, colour: number }, index) => {
    const y = top + index * rowHeight;
    const share = formatNumber(whole === 0 ? 0 : value / whole, { ...plainUnit, format: "percentage_scaled" });
    const text = fitted(`${name}: ${formatNumber(value, view.unit)} (${share})`, width - x - 16, size);
    const colour = lineColour({ tone, colour: number }, colours);
    return (
      rectangle({ x, y: y + 4, width: 10, height: 10 }, colour, { radius: 2 }) +
      textElement(text, x + 16, y + 13, { size, fill: colours.text })
    );
  });
  const note =
    more > 0
      ? textElement(`and ${more} more`, x + 16, top + shown.length * rowHeight + 13, { size, fill: colours.muted })
      : "";
  return renderChart(sharesOptions(view, colours), ring, look) + rows.join("") + note;
}

/** Parts of a whole, as a ring with their names and numbers beside it. */
function sharesOptions({ slices }: Shares, colours: Colours) {
  return {
    series: [
      {
        type: "pie",
        silent: true,
        radius: ["50%", "88%"],
        itemStyle: { borderColor: colours.card, borderWidth: 2 },
        label: { show: false },
        labelLine: { show: false },
        data: slices.map(({ name, tone, value, colour }) => ({
          name,
          value,
          itemStyle: { color: lineColour({ tone, colour }, colours) },
        })),
      },
    ],
  };
}
