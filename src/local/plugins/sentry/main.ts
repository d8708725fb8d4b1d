import { serve } from "../kit/serve.ts";
import { sentryPlugin } from "./plugin.ts";

serve(sentryPlugin);
