import type { Rooms } from "./rooms.ts";
import { withPart } from "./section.ts";

/**
 * The page with the picture of the rooms between its two marks.
 * @throws Failure when the page has no place for it
 */
export const withRooms = (page: string, rooms: Rooms): string =>
  withPart(
    page,
    "docs/architecture.md",
    { name: "rooms", what: "the picture of the rooms" },
    `\`\`\`mermaid\n${flowchart(rooms)}\n\`\`\``,
  );

/**
 * A Mermaid flowchart with an arrow from each room to those that it imports from. An arrow is omitted if a longer path leads to
 * the same room, since nearly all rooms import src/model and src/catalog.
 */
export function flowchart(rooms: Rooms): string {
  const names = [...rooms.keys()].toSorted();
  const id = (name: string): string => name.replaceAll(/\W/g, "_");
  const arrows = names.flatMap((from) =>
    [...(rooms.get(from) ?? [])]
      .toSorted()
      .filter((to) => !isImplied(rooms, from, to))
      .map((to) => `  ${id(from)} --> ${id(to)}`),
  );
  return ["flowchart TD", ...names.map((name) => `  ${id(name)}["${name}"]`), ...arrows].join("\n");
}

/** Whether a longer acyclic path exists: two rooms that import each other both keep their arrows. */
const isImplied = (rooms: Rooms, from: string, to: string): boolean =>
  [...(rooms.get(from) ?? [])].some(
    (between) => between !== to && reaches(rooms, between, to) && !reaches(rooms, between, from),
  );

function reaches(rooms: Rooms, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const room of seen) for (const next of rooms.get(room) ?? []) seen.add(next);
  return from !== to && seen.has(to);
}
