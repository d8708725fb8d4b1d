/** An escape of half a surrogate pair: JSON.stringify writes one where the other half is missing, and only there. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * A JSON value in which half a surrogate pair, which no UTF-8 can say and no database takes, has become U+FFFD; names of
 * fields, too. A value without one is given back as it is.
 */
export function wellFormed<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const mended = text?.replaceAll(loneSurrogate, "$1\\ufffd");
  return mended === text ? value : JSON.parse(mended);
}
