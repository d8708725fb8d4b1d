import { isPrivateName, isReason } from "../names.ts";

/** Whether what stands beside a private name is not the private thing: nothing, a reason, the next name, a placeholder. */
export function saysNothing(value: string): boolean {
  return (
    value === "" ||
    isReason(value) ||
    isPrivateName(value) ||
    /^(?:true|false|null|none|undefined|\d{1,2})$|^\[[a-z]{2,8}\]$|^--?\w|^(?:\$[\w{(]|%(?:\(|[sdifrj](?!\w))|\{\{|<)/i.test(
      value,
    )
  );
}
