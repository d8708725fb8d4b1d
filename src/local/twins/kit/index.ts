/** Parts of every twin: a server with a request log and faults, a store, pages and credentials. */
export { BodyTooLarge, bodyText, defaultBodyLimits, isEncoding, isGzip, unpack } from "./body.ts";
export { charField, strip } from "./char-field.ts";
export { readBasic, readBearer, sameSecret } from "./credentials.ts";
export type { Fault, FaultEffect, FaultStatus, FaultSwitchboard } from "./faults.ts";
export { isOwnName } from "./host.ts";
export { isTooDeep, parseJson, wellFormed } from "./json.ts";
export { type NumberedPage, type OffsetPage, pageAfter, pageByNumber, pageByOffset, wholeNumber } from "./pages.ts";
export type { LoggedRequest, RequestLog } from "./request-log.ts";
export { type Collection, openStore, type Store } from "./store.ts";
export { refusal, startTwin, type Twin, type TwinEnv, type TwinError, type TwinOptions } from "./twin.ts";
