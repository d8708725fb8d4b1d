#!/usr/bin/env node
import { launch } from "../../tools/launch.mjs";

launch("src/operate/obs.ts", process.argv.slice(2));
