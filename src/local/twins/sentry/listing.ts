/** `type:error name` as in Sentry's lists: `field:value` must be equal, other words must be in the name. */
export function matchesSearch(query: string | undefined, fields: { name: string; [field: string]: string }): boolean {
  const terms = query?.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return terms.every((term) => {
    const [, field, value] = /^(\w+):(.*)$/.exec(term) ?? [];
    const wanted = (value ?? term).replaceAll('"', "").toLowerCase();
    if (field === undefined) return fields.name.toLowerCase().includes(wanted);
    const held = fields[field]?.toLowerCase();
    return field === "name" ? held?.includes(wanted) === true : held === wanted;
  });
}

/** Sorts by `?sortBy=field` or `-field`; without it, and for fields that the twin does not store, by id. */
export function sorted<T extends { id: string }>(
  items: T[],
  sortBy: string | undefined,
  fields: readonly (keyof T)[],
): T[] {
  const descending = sortBy?.startsWith("-") ?? false;
  const field = fields.find((known) => known === sortBy?.replace(/^-/, "")) ?? "id";
  const compare = (left: T, right: T) =>
    field === "id"
      ? Number(left.id) - Number(right.id)
      : String(left[field]).localeCompare(String(right[field])) || Number(left.id) - Number(right.id);
  return [...items].sort((left, right) => (descending ? compare(right, left) : compare(left, right)));
}
