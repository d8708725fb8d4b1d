/*
 * How PostHog reads a property, as SQL macros that every connection has.
 */

/** The text between the quotes of a JSON text, escapes as they are; the JSON of anything else; NULL for null. */
const unquoted = `
  CREATE MACRO unquoted(json) AS (
    CASE
      WHEN starts_with(json, '"') THEN substring(json, 2, length(json) - 2)
      WHEN json <> 'null' THEN json
    END
  )`;

/** DuckDB's own function gives the same when there is no backslash, and reads the JSON once. */
const rawText = `
  CREATE MACRO raw_text(properties, pointer, escapes) AS (
    CASE
      WHEN escapes THEN unquoted(CAST(json_extract(properties, pointer) AS VARCHAR))
      ELSE json_extract_string(properties, pointer)
    END
  )`;

/** ClickHouse reads fewer texts as numbers than DuckDB, which takes 1_000 and spaces around it. */
const toNumber = `
  CREATE MACRO to_number(raw) AS (
    CASE
      WHEN regexp_full_match(raw, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') THEN TRY_CAST(raw AS DOUBLE)
    END
  )`;

/** 10, not 10.0. */
const numberText = `
  CREATE MACRO number_text(number) AS (
    CASE
      WHEN number = trunc(number) AND abs(number) < 1e15 THEN CAST(CAST(number AS BIGINT) AS VARCHAR)
      ELSE CAST(number AS VARCHAR)
    END
  )`;

const toBoolean = `
  CREATE MACRO to_boolean(raw) AS (CASE raw WHEN 'true' THEN true WHEN 'false' THEN false END)`;

export const macros = [unquoted, rawText, toNumber, numberText, toBoolean];
