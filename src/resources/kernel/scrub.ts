/**
 * The text with each secret that occurs in it replaced: a vendor may repeat what it refuses. A secret is found whole, as it
 * stands in an address or in JSON, and by the password in it when it is an address itself.
 */
export const scrub = (text: string, secrets: readonly string[]): string =>
  // The longest first, so that a secret which contains another one does not leave its rest behind.
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
