import { labels } from "./labels.ts";

const ipAddress = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** What people and forms put between the digits of a number, also percent-encoded. */
const separator = "(?:[ \\t\\u00a0\\u2000-\\u200b\\u2010-\\u2015\\u202f.()/·-]|%2[089BDEF])";
const digits = new RegExp(`(?:\\+|%2B)?\\(?\\p{Nd}(?:${separator}{0,3}\\p{Nd}){6,}`, "giu");

/** Replaces IP addresses and every number of seven digits or more: phone, card, account and insurance numbers. */
export function withoutLongNumbers(text: string): string {
  return text
    .replace(ipAddress, labels.address)
    .replace(digits, (found) => (isCardNumber(found.replaceAll(/%2[0-9A-F]/gi, "")) ? labels.card : labels.phone));
}

/** 13 to 19 digits with a right check digit (Luhn). */
function isCardNumber(text: string): boolean {
  const figures = [...text.replaceAll(/\D/g, "")].map(Number).reverse();
  if (figures.length < 13 || figures.length > 19) return false;
  const sum = figures.reduce((total, figure, index) => {
    const doubled = index % 2 === 1 ? figure * 2 : figure;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
