import { labels } from "../labels.ts";
import { type Add, matches, placeOf } from "./found.ts";

/** `POINT(-73.98 40.74)` */
const point = /\bPOINT ?\((-?\d{1,3}\.\d{3,15} -?\d{1,3}\.\d{3,15})\)/dgi;
/** /home/ada/app, C:\Users\ada: accounts of a person; those of machines are not. */
const home = /(?:\/home\/|\/Users\/|\\Users\\|\bUsers\/)([^\s/\\:"'<>|]{1,64})(?=[/\\])/dg;
const machines =
  /^(?:admin|administrator|all|app|appuser|azureuser|build|builder|centos|ci|circleci|cloudflare|debian|default|deploy|docker|ec2-user|gitpod|heroku|jenkins|nobody|node|nodejs|nonroot|opt|postgres|project|public|pwuser|python|redis|render|root|runner|runneradmin|sandbox|sbx_user\d*|service|shared|test|ubuntu|user|vagrant|vercel|vscode|web|worker|www-data)$/i;
/** 12 Main Street, 1600 Pennsylvania Ave NW */
const street =
  /(?<![\w.:-])\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'.-]{1,24} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Close|Crescent|Mews)\b\.?(?:,? (?:Apt|Suite|Ste|Unit|#)\.? ?[\w-]{1,6})?/g;
const strasse =
  /(?<![\p{L}\d])\p{Lu}\p{L}{2,30}(?:straße|strasse|str\.|gasse|weg|allee|platz) \d{1,4}[a-z]?(?![\p{L}\d])/gu;
const position = /(?<![\d.])-?\d{1,2}\.\d{5,15}(?:°? ?[NS])?, ?-?\d{1,3}\.\d{5,15}(?![\d.])/g;

/** Finds streets with their numbers, positions, and the home folders of people. */
export function findPlaces(text: string, add: Add): void {
  for (const found of matches(home, text)) {
    const user = found[1] ?? "";
    if (!machines.test(user) && !user.startsWith("[")) add(...placeOf(found, 1), labels.private);
  }
  for (const found of matches(point, text)) add(...placeOf(found, 1), labels.private);
  for (const pattern of [street, strasse, position]) {
    for (const { 0: whole, index } of matches(pattern, text)) add(index, index + whole.length, labels.private);
  }
}
