import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";

/** The rooms (top folders of src/) that each room imports from. Type imports count as well. */
export type Rooms = ReadonlyMap<string, ReadonlySet<string>>;

/** Folders whose subfolders are separate rooms. */
const floors = ["src/insights"];
/** Subfolders that count as separate rooms: the twins import nothing from the rest, since they are independent witnesses. */
const apart = ["src/local/twins"];

/** The room of a file: `src/platform` for src/platform/settings/schema.ts. */
export function roomOf(file: string): string | undefined {
  if (file === "index.ts") return file;
  const own = apart.find((folder) => file.startsWith(`${folder}/`));
  if (own !== undefined) return own;
  const parts = file.split("/");
  if (["dashboards", "alerts"].includes(parts[0] ?? "")) return parts[0];
  if (parts[0] !== "src" || parts.length < 3) return undefined;
  const depth = floors.includes(parts.slice(0, 2).join("/")) && parts.length > 3 ? 3 : 2;
  return parts.slice(0, depth).join("/");
}

/** Reads the checkout's imports as the import rules of `npm run check` read them. */
export async function importsBetweenRooms(checkout: string): Promise<Rooms> {
  const options = await extractOptions(`${checkout}/.dependency-cruiser.mjs`);
  const { output } = await cruise(
    ["index.ts", "dashboards", "alerts", "src"],
    { ...options, baseDir: checkout },
    undefined,
    { tsConfig: extractTsConfig(`${checkout}/tsconfig.json`) },
  );
  return roomsOf((output as ICruiseResult).modules);
}

type Module = { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] };

export function roomsOf(modules: readonly Module[]): Rooms {
  const rooms = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    if (from === undefined) continue;
    const known = rooms.get(from) ?? new Set();
    rooms.set(from, known);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return rooms;
}
