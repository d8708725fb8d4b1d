// Providers that Pulumi's provider process loads for this folder's resources, by the names in their state: never rename one.
export { alert } from "./alert/provider.ts";
export { cronMonitor } from "./cron-monitor/provider.ts";
export { environment } from "./environment/provider.ts";
export { monitor } from "./monitor/provider.ts";
export { organization } from "./organization/provider.ts";
export { ownership } from "./ownership/provider.ts";
export { projectSettings } from "./project-settings/provider.ts";
export { uptimeMonitor } from "./uptime-monitor/provider.ts";
