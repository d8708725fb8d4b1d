import { PolicyPack } from "@pulumi/policy";
import { knownAfterUpdate, policies } from "./policies.ts";

// For engineers with the official CLI: pulumi preview --policy-pack ./policy
new PolicyPack("brandvx-observability", { policies: [...policies, knownAfterUpdate], enforcementLevel: "mandatory" });
