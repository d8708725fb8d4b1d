import { gridColumns, overlap, type Place } from "../../../model/posthog/places.ts";
import { isWhole, object } from "./json.ts";
import { type Problem, problem } from "./problem.ts";

type PlacedTile = readonly [key: string, place: Place, isHandPlaced: boolean];

/**
 * What is wrong with the places of a dashboard's tiles, by tile key. Tiles placed by hand are checked too, since
 * pictures show them.
 */
export function placeProblems(tiles: readonly PlacedTile[]): [string, Problem][] {
  const outside = tiles.flatMap(([key, place]) => gridProblems(place).map((one): [string, Problem] => [key, one]));
  const broken = new Set(outside.map(([key]) => key));
  const sound = tiles.filter(([key, , isHandPlaced]) => !broken.has(key) && !isHandPlaced);
  return [...outside, ...overlapProblems(sound)];
}

function gridProblems(place: Place): Problem[] {
  const { column, row, width, height } = object(place) as Partial<Place>;
  const numbers = { column, row, width, height };
  const wrong = Object.entries(numbers).filter(
    ([name, value]) => !isWhole(value, name === "column" || name === "row" ? 0 : 1),
  );
  if (wrong.length > 0) {
    const named = wrong.map(([name, value]) => `${name} ${value}`).join(", ");
    const fix = "use whole numbers: column and row from 0, width and height from 1";
    return [problem(`its place has ${named}`, fix, place)];
  }
  const end = place.column + place.width;
  if (end <= gridColumns) return [];
  const fix = `the grid has ${gridColumns} columns: make it narrower or move it to the left`;
  return [problem(`it ends at column ${end}`, fix, place)];
}

function overlapProblems(places: readonly PlacedTile[]): [string, Problem][] {
  return places.flatMap(([key, place], index) =>
    places
      .slice(0, index)
      .filter(([, other]) => overlap(place, other))
      .map(([otherKey, other]): [string, Problem] => [
        key,
        problem(
          `it lies over tile "${otherKey}", which covers ${covered(other)}`,
          "move one of them, or make it smaller",
          place,
        ),
      ]),
  );
}

function covered({ column, row, width, height }: Place): string {
  return `columns ${column} to ${column + width - 1} of rows ${row} to ${row + height - 1}`;
}
