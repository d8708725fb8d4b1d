import { definitionsCheckout } from "./checkout.ts";

/** A git checkout of the definitions, on a new branch at the tip of main. */
export async function branch() {
  const checkout = await definitionsCheckout("brandvx-branch-");
  await checkout.git("checkout", "-qb", "change");
  return checkout;
}
