import { definitionsCheckout } from "./checkout.ts";

/** A git checkout of the definitions, on a branch that has just left the main one. */
export async function branch() {
  const checkout = await definitionsCheckout("brandvx-branch-");
  await checkout.git("checkout", "-qb", "change");
  return checkout;
}
