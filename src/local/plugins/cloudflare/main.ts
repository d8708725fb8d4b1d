import { serve } from "../kit/serve.ts";
import { cloudflarePlugin } from "./plugin.ts";

serve(cloudflarePlugin);
