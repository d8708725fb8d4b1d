"use strict";
// What Pulumi's state names as "@brandvx/resources/posthog/providers".
module.exports = require("./lean.cjs")(() => require("../posthog/providers.ts"));
