import { type Item, line, type Section, sentence } from "../text/document.ts";
import { code, link, list, marked, name, type Phrase, plain, quantity, say } from "../text/phrase.ts";
import type { PreviewReport } from "./report.ts";

/** The pictures, if they have an address, else where to find their files. */
export function pictureSections({ pictures, dashboards }: PreviewReport): Section[] {
  if (!pictures) return [];
  const { drawn, url, runUrl, folder, problem } = pictures;
  const more = (count: number): Phrase => plain(`… and ${quantity(count, "more dashboard")}`);
  if (problem !== undefined && dashboards.length > 0) {
    return [{ title: plain("Pictures"), importance: 8, items: [sentence(say`Not drawn: ${marked(problem)}`)], more }];
  }
  if (drawn.length === 0) return [];
  const [{ source } = { source: "" }] = drawn;
  const left = dashboards.length - drawn.length;
  const sampled = [...new Set(drawn.flatMap((one) => one.sampled))];
  const samples: Item[] =
    sampled.length === 0
      ? []
      : [
          sentence(
            say`${list(sampled.map(code))} ${sampled.length === 1 ? "has" : "have"} not been sent yet: tiles of ${sampled.length === 1 ? "it" : "them"} are drawn with sample values of the catalog's types, which mean nothing.`,
          ),
        ];
  const place =
    runUrl === undefined ? say`in ${code(folder)}` : say`among the artifacts of ${link("this run", runUrl)}`;
  const drawings = `${quantity(drawn.length, "dashboard")} drawn, with ${source}`;
  const items: Item[] =
    url === undefined
      ? [
          sentence(say`${drawings}: ${place}`),
          ...drawn.map((one) =>
            line(
              name(one.title),
              one.pictures.map(({ shows, light }) => say`${code(light)}: ${shows}`),
            ),
          ),
        ]
      : drawn.map((one) => ({
          kind: "pictures",
          title: say`${name(one.title)}, with ${source}`,
          pictures: one.pictures.map(({ shows, light, dark }) => ({ caption: shows, light, dark, folderUrl: url })),
        }));
  return [
    {
      title: plain("Pictures"),
      importance: 8,
      items:
        left > 0
          ? [
              ...items,
              ...samples,
              sentence(plain(`${quantity(left, "more dashboard is", "more dashboards are")} not drawn.`)),
            ]
          : [...items, ...samples],
      more,
    },
  ];
}
