import { labels } from "../labels.ts";
import accounts from "../tables/accounts.json" with { type: "json" };
import words from "../tables/words.json" with { type: "json" };
import { type Add, matches, placeOf } from "./found.ts";

const cardRanges = accounts.cardRanges;
const ibanLengths: Readonly<Record<string, number>> = accounts.ibanLengths;

/** Figures with at most two signs between them, as people group them. */
const figures = /(?<![\d.])\d(?:[ ./_+-]{0,2}\d){11,30}/g;
const groups = /\d+/g;
const ibanBegins = /(?<![A-Za-z\d])[A-Z]{2}\d{2}/gi;
/** Longest IBAN with blanks between groups of four. */
const longestIban = 45;

/** In a text about banks, the number after the account's name. */
const ofBanks = /routing|sort ?code|\bbsb\b|\bbank|\bach\b|\biban\b|\bswift\b|\bwire\b|\bclabe\b|\baba\b/i;
const account =
  /\b(?:account|acct|acc|a\/c|konto|cuenta|compte|conto)(?:[ _-]?(?:no|nr|number|num|id))?["']?\.?[ :=#]{1,3}["']?(\d[\d -]{4,24}\d)(?!\w)/dgi;

const national: readonly RegExp[] = [
  // CPF and CNPJ of Brazil, as people write them
  /(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)|(?<![\d.])\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}(?!\d)/g,
  // Codice fiscale of Italy; CURP of Mexico
  /(?<![A-Za-z\d])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z\d])/gi,
  /(?<![A-Za-z\d])[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d(?![A-Za-z\d])/gi,
  // Social security: no number has 000 or 666 first, or zeros alone in a group. Source: ssa.gov.
  /(?<![\d-])(?!000|666)\d{3}([ .-])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g,
  // National insurance of the United Kingdom. Source: gov.uk, NIM39110.
  /(?<![A-Za-z\d])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z\d])/g,
];

/** A state's number after its name: `DNI 12345678Z`, `passport no. C01X00T47`, `Steuer-ID: 86 095 742 719`. */
const named = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...words.nationalNames]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(" ", "[ _-]?"))
    .join("|")})` +
    `(?:[ _.-]?(?:no|nr|number|num|id|nummer|#|№|n°))?(?: (?:of|for|do|da|de|del|della|der|des|du|van) \\p{L}{2,20}){0,2}["']?(?:[ :=.#№-]|is ){0,6}["']?` +
    `([A-Z]{0,4}[ -]?\\d[A-Za-z\\d]*(?:[ ./-]{1,2}(?=[A-Za-z]{0,3}\\d)[A-Za-z\\d]{1,12}|[ -][A-Z](?![\\p{L}\\d])){0,7}|[A-Z]{2,6}\\d[A-Z\\d]{3,16})`,
  "giu",
);

/** Finds card numbers (by the networks' ranges and the check digit), IBANs (by their remainder) and national numbers. */
export function findAccounts(text: string, add: Add): void {
  for (const { 0: found, index } of matches(figures, text)) {
    // A part of a name or a hash, unless the figures are in groups.
    const isGlued = /[A-Za-z]/.test(text[index - 1] ?? "") || /[A-Za-z]/.test(text[index + found.length] ?? "");
    if (!(isGlued && /^\d+$/.test(found))) findCards(text, found, index, add);
  }
  let done = 0;
  for (const { index } of matches(ibanBegins, text)) {
    if (index < done) continue;
    const end = endOfIban(text, index);
    if (end === undefined) continue;
    add(index, end, labels.account);
    done = end;
  }
  for (const pattern of national) {
    for (const { 0: found, index } of matches(pattern, text)) add(index, index + found.length, labels.number);
  }
}

/** Finds the numbers that a state gave a person, after the word that says so. */
export function findNationalNumbers(text: string, add: Add): void {
  for (const { 0: whole, 1: number = "", index } of matches(named, text)) {
    const isPlate = /^(?:licen[cs]e|number|registration)[ _-]?plate|^kennzeichen/i.test(whole) && number.length >= 5;
    if (number.replaceAll(/\D/g, "").length < 5 && !/^[A-Z\d]{8,}$/.test(number) && !isPlate) continue;
    add(index + whole.length - number.length, index + whole.length, labels.number);
  }
  if (!ofBanks.test(text)) return;
  for (const found of matches(account, text)) add(...placeOf(found, 1), labels.account);
}

/** Until when a card is valid, and its security code: `…|12|29|123` */
const afterCard = /^[|/;:, ]{1,2}\d{1,2}[|/;: -]\d{2,4}[|/;:, ]{1,2}\d{3,4}(?!\d)/;

/** Cards among the groups of a run: two may follow each other, or a count may stand before one. */
function findCards(text: string, run: string, offset: number, add: Add): void {
  const parts = [...matches(groups, run)].map(({ 0: digits, index }) => ({ digits, index }));
  const signAfter = (at: number) =>
    run.slice((parts[at]?.index ?? 0) + (parts[at]?.digits.length ?? 0), parts[at + 1]?.index);
  let from = 0;
  while (from < parts.length) {
    let number = "";
    let taken = 0;
    for (let to = from; to < parts.length && number.length < longestCard; to += 1) {
      // People put the same sign between all groups; measures and paths do not.
      if (to > from + 1 && signAfter(to - 1) !== signAfter(from)) break;
      number += parts[to]?.digits ?? "";
      if (number.length >= shortestRange && rangesOf(number).length === 0) break;
      if (isCard(number)) taken = to - from + 1;
    }
    const first = parts[from];
    const last = parts[from + taken - 1];
    if (taken > 0 && first && last) {
      const end = offset + last.index + last.digits.length;
      add(offset + first.index, end + (afterCard.exec(text.slice(end, end + 24))?.[0].length ?? 0), labels.card);
    }
    from += Math.max(1, taken);
  }
}

const shortestCard = 12;
const longestCard = 19;
/** Figures by which all ranges are told apart. */
const shortestRange = 4;

function rangesOf(number: string): readonly (typeof cardRanges)[number][] {
  return cardRanges.filter(({ from, to }) => {
    const start = number.slice(0, from.length);
    return start >= from && start <= to;
  });
}

export function isCard(number: string): boolean {
  if (number.length < shortestCard || number.length > longestCard || !hasCheckDigit(number)) return false;
  return rangesOf(number).some(({ lengths }) => lengths.includes(number.length));
}

/** Luhn's check. Source: ISO/IEC 7812-1, annex B. */
function hasCheckDigit(number: string): boolean {
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const figure = Number(number[number.length - 1 - place]);
    const doubled = place % 2 === 1 ? figure * 2 : figure;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function endOfIban(text: string, start: number): number | undefined {
  const length = ibanLengths[text.slice(start, start + 2).toUpperCase()];
  if (length === undefined) return undefined;
  let characters = "";
  let at = start;
  for (; at < start + longestIban && characters.length < length; at += 1) {
    const sign = text[at] ?? "";
    if (/[A-Za-z\d]/.test(sign)) characters += sign.toUpperCase();
    else if (!/[ .-]/.test(sign)) return undefined;
  }
  if (characters.length < length || /[A-Za-z\d]/.test(text[at] ?? "")) return undefined;
  let remainder = 0;
  for (const sign of characters.slice(4) + characters.slice(0, 4)) {
    for (const figure of String(Number.parseInt(sign, 36))) remainder = (remainder * 10 + Number(figure)) % 97;
  }
  return remainder === 1 ? at : undefined;
}
