/** The text with each secret that occurs in it replaced: a vendor may repeat what it refuses. */
export const scrub = (text: string, secrets: readonly string[]): string =>
  // The longest first, so that a secret which contains another one does not leave its rest behind.
  [...secrets]
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
