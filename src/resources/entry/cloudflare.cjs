"use strict";
// What Pulumi's state names as "@brandvx/resources/cloudflare/providers".
module.exports = require("./lean.cjs")(() => require("../cloudflare/providers.ts"));
