"use strict";
// What Pulumi's state names as "@brandvx/resources/render/providers".
module.exports = require("./lean.cjs")(() => require("../render/providers.ts"));
