/**
 * Replaces each secret in the text, because a vendor may repeat what it refuses. A secret is found whole, encoded as in
 * an address or in JSON, and by its password when it is an address.
 */
export const scrub = (text: string, secrets: readonly string[]): string =>
  // The longest first, so that no rest remains of a secret that contains another one.
  [...new Set(secrets.flatMap(forms))]
    .filter((form) => form !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replaceAll(form, "[secret]"), text);

function forms(secret: string): string[] {
  const parts = [secret, ...passwordOf(secret)];
  return parts.flatMap((part) => [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)]);
}

function passwordOf(secret: string): string[] {
  if (!URL.canParse(secret)) return [];
  const { password } = new URL(secret);
  return password === "" ? [] : [password, decodeURIComponent(password)];
}
