/** What stands in a text where something private stood. Letters and brackets alone, so that no detector matches them. */
export const labels = {
  email: "[email]",
  phone: "[phone]",
  card: "[card]",
  address: "[ip]",
  token: "[token]",
} as const;
