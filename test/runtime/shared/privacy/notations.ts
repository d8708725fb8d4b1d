/*
 * The many ways in which programs write a name with its value. The tests of the redactor write private names in each of
 * them, after each escape.
 */

export type Words = readonly string[];

export const snake = (words: Words) => words.join("_");
export const camel = (words: Words) =>
  words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
export const kebab = (words: Words) => words.join("-");
export const upper = (words: Words) => words.join("_").toUpperCase();
const title = (words: Words) => words.join(" ").replace(/^./, (first) => first.toUpperCase());
export const encoded = encodeURIComponent;

export const notations: Readonly<Record<string, (name: Words, value: string) => string>> = {
  JSON: (name, value) => `{"id":7,"${snake(name)}":"${value}","plan":"pro"}`,
  "JSON, spaced": (name, value) => `{ "${camel(name)}": "${value}" }`,
  "Python dict": (name, value) => `{'${snake(name)}': '${value}', 'n': 1}`,
  "JavaScript object": (name, value) => `{ ${camel(name)}: '${value}', n: 1 }`,
  "JavaScript constant": (name, value) => `const ${camel(name)} = "${value}";`,
  "query of an address": (name, value) => `https://app.brandvx.io/x?${snake(name)}=${encoded(value)}&page=2`,
  "query of a path": (name, value) => `GET /a?page=2&${camel(name)}=${encoded(value)} 200`,
  form: (name, value) => `a=1&${snake(name)}=${encoded(value)}&b=2`,
  "form with brackets": (name, value) => `user[${snake(name)}]=${encoded(value)}`,
  "form data": (name, value) => `Content-Disposition: form-data; name="${snake(name)}"\r\n\r\n${value}\r\n--b`,
  logfmt: (name, value) => `level=info ${snake(name)}="${value}" took=3ms`,
  YAML: (name, value) => `plan: pro\n${snake(name)}: ${value}\nseats: 2`,
  "YAML list": (name, value) => `- ${camel(name)}: "${value}"`,
  TOML: (name, value) => `${snake(name)} = "${value}"`,
  environment: (name, value) => `${upper(name)}="${value}"`,
  export: (name, value) => `export ${upper(name)}='${value}'`,
  header: (name, value) => `${kebab(name)}: ${value}\r\nAccept: */*`,
  XML: (name, value) => `<user><${camel(name)}>${value}</${camel(name)}></user>`,
  "XML attribute": (name, value) => `<user ${kebab(name)}="${value}" plan="pro"/>`,
  "name and value": (name, value) => `[{"name":"${snake(name)}","value":"${value}"}]`,
  "key and value": (name, value) => `{"key":"${camel(name)}","value":"${value}"}`,
  pair: (name, value) => `["${kebab(name)}","${value}"]`,
  "command line": (name, value) => `run --${kebab(name)} "${value}" --dry-run`,
  arrow: (name, value) => `"${snake(name)}" => "${value}"`,
  Ruby: (name, value) => `{:${snake(name)}=>"${value}"}`,
  "record of Java": (name, value) => `User{id=1, ${camel(name)}='${value}'}`,
  "repr of Python": (name, value) => `Settings(${snake(name)}='${value}', debug=False)`,
  SQL: (name, value) => `UPDATE users SET ${snake(name)} = '${value}' WHERE id = 1`,
  "key of Postgres": (name, value) => `Key (${snake(name)})=(${value}) already exists.`,
  PostgREST: (name, value) => `${snake(name)}=eq.${encoded(value)}`,
  sentence: (name, value) => `The ${name.join(" ")} is ${value}.`,
  "with a colon": (name, value) => `${title(name)}: ${value}`,
  CSV: (name, value) => `id,${snake(name)},plan\n1,${value},pro`,
  pydantic: (name, value) => `${snake(name)}\n  Value error [type=value_error, input_value='${value}', input_type=str]`,
};

const signs = /["'=:]/g;
const code = (sign: string) => sign.charCodeAt(0).toString(16);

export const escapes: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON, twice": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  percent: encoded,
  entities: (text) => text.replace(/[&<>"'=:]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  "\\x": (text) => text.replace(signs, (sign) => `\\x${code(sign)}`),
  "\\u": (text) => text.replace(signs, (sign) => `\\u00${code(sign)}`),
};

/** The spellings of a value that would give it away. */
export const spellings = (value: string) => [value, encoded(value), encoded(value).replaceAll("%20", "+")];

export const secretNames = [
  "password",
  "api key",
  "access token",
  "refresh token",
  "client secret",
  "private key",
  "secret",
  "token",
  "jwt",
  "session token",
  "auth token",
  "webhook secret",
  "signing secret",
  "encryption key",
  "credentials",
  "passwd",
  "passphrase",
  "verification code",
  "x api key",
  "new password",
  "db password",
  "secret key",
  "service role key",
  "bot token",
  "csrf token",
  "reset token",
  "cookie",
  "authorization",
  "connection string",
  "signature",
  "backup code",
  "magic link token",
  "id token",
  "app secret",
  "access key",
  "recovery code",
  "invite code",
  "security answer",
  "user password",
  "smtp password",
  "redis password",
  "oauth token",
  "license key",
  "deploy key",
  "master key",
].map((name) => name.split(" "));

export const secretValues = ["hunter2x9", "tulip-boat-41", "Zk8mQ2vL9p", "s3cr3t_v4lue", "AbCdEfGh"];

/** Names of people's data, with values of their kind. */
export const personalNames: readonly (readonly [names: string, values: readonly string[]])[] = [
  [
    "first name|last name|full name|customer name|contact name|surname|display name|client name|patient name|username",
    ["Ada", "Ottilie Brandt", "Jean-Luc Moreau"],
  ],
  ["street|street address|home address|billing address|address line 1", ["12 Elm Grove", "Hauptstr. 5"]],
  ["postal code|zip code", ["94110", "SW1A 2AA"]],
  ["date of birth|birth date|dob", ["1985-03-02", "02/03/1985"]],
  ["phone number|mobile|contact phone", ["4155550123", "+1 415 555 0123"]],
  ["email|email address", ["ada@example.com"]],
  ["ssn", ["078-05-1120"]],
  ["passport number", ["C01X00T47"]],
  ["iban", ["GB29NWBK60161331926819"]],
  ["tax id", ["12345678901"]],
  ["latitude", ["52.520008"]],
];
