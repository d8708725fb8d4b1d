import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies.ts";

// For engineers with the official CLI: pulumi preview --policy-pack ./policy
new PolicyPack("brandvx-observability", { policies, enforcementLevel: "mandatory" });
