import { serve } from "../kit/serve.ts";
import { upstashPlugin } from "./plugin.ts";

serve(upstashPlugin);
