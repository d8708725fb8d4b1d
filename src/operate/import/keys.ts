/** Maximum characters of a key made from a title: people read and type it. */
const longestKey = 50;

/** Lower-case words joined by `-`, from a title in any language: "Käufe & Abos" becomes kaufe-abos. Empty when it has no letter. */
export function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replaceAll(/['’]/g, "");
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean);
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}-${word}`;
    if (longer.length > longestKey) break;
    slug = longer;
  }
  return slug === "" ? (words[0] ?? "").slice(0, longestKey) : slug;
}

/** Gives each label a key that no other has: of two charts of one title, the second is `title-2`. */
export function uniqueKeys(taken: Iterable<string> = []): (label: string, otherwise: string) => string {
  // On an object, `constructor` would find the inherited one.
  const given = new Set([...taken, "constructor"]);
  return (label, otherwise) => {
    const slug = slugOf(label) || otherwise;
    let key = slug;
    for (let number = 2; given.has(key); number++) key = `${slug}-${number}`;
    given.add(key);
    return key;
  };
}

/** Words that cannot name a constant, besides the file's imports. */
const reserved = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval".split(
    " ",
  ),
);

/** Name of a dashboard's constant: `activationFunnel` for activation-funnel. */
export function constantOf(key: string, taken: Iterable<string>): string {
  const camel = key.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const isFree = (name: string) => /^[a-z]/.test(name) && !reserved.has(name) && !new Set(taken).has(name);
  const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
  return [camel, `${camel}Dashboard`].find(isFree) ?? `dashboard${pascal}`;
}
