"use strict";
// What Pulumi's state names as "@brandvx/resources/sentry/providers".
module.exports = require("./lean.cjs")(() => require("../sentry/providers.ts"));
