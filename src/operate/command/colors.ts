/**
 * Whether letters that are written to a stream may be coloured: at a terminal that can, unless NO_COLOR is set
 * (no-color.org); elsewhere only where FORCE_COLOR asks for it.
 */
export function mayColor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && stream.hasColors();
}
