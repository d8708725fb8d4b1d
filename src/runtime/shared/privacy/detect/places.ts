import { labels } from "../labels.ts";
import { type Add, matches, placeOf } from "./found.ts";

/** `POINT(-73.98 40.74)` */
const point = /\bPOINT ?\((-?\d{1,3}\.\d{3,15} -?\d{1,3}\.\d{3,15})\)/dgi;
/** RFC 5870's `geo:51.0543,3.7174` */
const geoUri = /\bgeo:(-?\d{1,3}(?:\.\d{1,15})?,-?\d{1,3}\.\d{1,15})/dgi;
/** `location=(51.054, 3.717)`: with fewer figures than a position that stands alone */
const located =
  /\b(?:location|cent(?:er|re)|origin|destination|venue|geo\w{0,12}|place)["']?\s?[:=]\s?[([{"']{0,2}(-?\d{1,2}\.\d{3,15}, ?-?\d{1,3}\.\d{3,15})/dgi;
/** latitude 51.0543 longitude 3.7174 */
const degreesSaid =
  /\b(?:lat|latitude|lon|lng|long|longitude)\.? (?:is |of |=? ?)?["'(]?(-?\d{1,3}\.\d{3,15})(?!\w)/dgi;
/** /home/ada/app, C:\Users\ada: accounts of a person; those of machines are not. */
const home = /(?:\/home\/|\/Users\/|\\Users\\|\bUsers\/)([^\s/\\:"'<>|]{1,64})(?=[/\\])/dg;
const machines =
  /^(?:admin|administrator|all|app|appuser|azureuser|build|builder|centos|ci|circleci|cloudflare|debian|default|deploy|docker|ec2-user|gitpod|heroku|jenkins|nobody|node|nodejs|nonroot|opt|postgres|project|public|pwuser|python|redis|render|root|runner|runneradmin|sandbox|sbx_user\d*|service|shared|test|ubuntu|user|vagrant|vercel|vscode|web|worker|www-data)$/i;
/** 12 Main Street, 1600 Pennsylvania Ave NW */
const street =
  /(?<![\w.:-])\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.-]{1,24} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Crescent|Mews)\b\.?(?:,? (?:Apt|Suite|Ste|Unit|#)\.? ?[\w-]{1,6})?(?:,? (?:[A-Z][A-Za-z.' -]{1,30},? )?(?:[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w))?/g;
/** 12 rue de la Paix, 75002 Paris; Calle de Alcalá 42, Rua Augusta 100; Via Roma 10, 00184 Roma */
const rue =
  /(?<![\w.:-])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|quai|allée|chemin|impasse) (?:(?:de|du|des|la|le|les) |[dl]['’]){0,3}\p{Lu}[\p{L}'’-]{1,24}(?: \p{Lu}[\p{L}'’-]{1,24}){0,2}(?:,? \d{5} \p{Lu}[\p{L}-]{1,24})?/gu;
const calle =
  /(?<![\p{L}\d])(?:(?:Calle|C\/|Avenida|Avda\.?|Paseo|Plaza|Rua|Travessa|Viale|Piazza|Corso) (?:(?:de|del|da|do|dos|das|di|la|las|los|el) ){0,3}\p{Lu}[\p{L}'’-]{1,24}(?: (?:de |del )?\p{Lu}[\p{L}'’-]{1,24}){0,2},? (?:n[º°.]? ?)?\d{1,4}(?:,? \d{4,5}(?:-\d{3})? \p{Lu}\p{L}{1,24})?|Via (?:\p{Lu}[\p{L}'’-]{1,24} ){1,3}\d{1,4},? \d{5} \p{Lu}\p{L}{1,24})(?![\p{L}\d])/gu;
/** 37°46'29.7"N 122°25'09.9"W */
const degrees =
  /\d{1,3}(?:\.\d{1,10})?° ?(?:\d{1,2}(?:\.\d{1,8})?['′’] ?(?:\d{1,2}(?:\.\d{1,6})?["″”] ?)?)?[NSEWO](?:,? ?\d{1,3}(?:\.\d{1,10})?° ?(?:\d{1,2}(?:\.\d{1,8})?['′’] ?(?:\d{1,2}(?:\.\d{1,6})?["″”] ?)?)?[NSEWO])?/g;
/** vCard's and iCalendar's names and addresses; the name in a certificate's or a directory's entry */
const card = /(?:^|\n)(?:FN|ADR|NICKNAME|NOTE|N(?=[:;][^\n]{0,200};))(?:;[^:\n]{1,80})?:([^\r\n]{2,512})/dg;
const commonName =
  /(?<![A-Za-z\d])CN=(?:"([^"\n]{2,80})"|(\p{Lu}[\p{L}'’.-]{0,30}(?: \p{Lu}[\p{L}'’.-]{1,30}){1,3}))/dgu;
const strasse =
  /(?<![\p{L}\d])\p{Lu}\p{L}{2,30}(?:straße|strasse|str\.|gasse|weg|allee|platz) \d{1,4}[a-z]?(?![\p{L}\d])/gu;
const position = /(?<![\d.])-?\d{1,2}\.\d{5,15}(?:°? ?[NS])?, ?-?\d{1,3}\.\d{5,15}(?![\d.])/g;

/** Finds streets with their numbers, positions, and the home folders of people. */
export function findPlaces(text: string, add: Add): void {
  for (const found of matches(home, text)) {
    const user = found[1] ?? "";
    if (!machines.test(user) && !user.startsWith("[")) add(...placeOf(found, 1), labels.private);
  }
  for (const found of matches(degreesSaid, text)) add(...placeOf(found, 1), labels.private);
  for (const found of matches(located, text)) add(...placeOf(found, 1), labels.private);
  for (const found of matches(geoUri, text)) add(...placeOf(found, 1), labels.private);
  for (const found of matches(point, text)) add(...placeOf(found, 1), labels.private);
  for (const found of /VCARD|\nFN[:;]/.test(text) ? matches(card, text) : []) add(...placeOf(found, 1), labels.private);
  for (const found of matches(commonName, text)) add(...placeOf(found, found[1] === undefined ? 2 : 1), labels.private);
  for (const pattern of [street, strasse, rue, calle, degrees, position]) {
    for (const { 0: whole, index } of matches(pattern, text)) add(index, index + whole.length, labels.private);
  }
}
