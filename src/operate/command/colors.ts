/**
 * Whether output to a stream may be colored: at a terminal that supports it, unless NO_COLOR is set
 * (no-color.org); elsewhere only when FORCE_COLOR is set.
 */
export function mayColor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && stream.hasColors();
}
