import type { Colours } from "../theme.ts";
import type { Shares } from "../views/view.ts";
import { lineColour } from "./over-time.ts";

/** Parts of a whole, as a ring; their names and numbers stand beside it. */
export function sharesOptions({ slices }: Shares, colours: Colours) {
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
