/** An escaped lone surrogate, which JSON.stringify writes only for an incomplete pair. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * Replaces lone surrogates, which UTF-8 and databases cannot store, by U+FFFD in a JSON value, also in field names. Returns
 * the same value when there are none.
 */
export function wellFormed<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const mended = text?.replaceAll(loneSurrogate, "$1\\ufffd");
  return mended === text ? value : JSON.parse(mended);
}
