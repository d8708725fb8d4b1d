import { initAnalytics } from "@brandvx/observability/browser";
import { createRoot } from "react-dom/client";
import { Inbox } from "./inbox/Inbox.tsx";

initAnalytics(import.meta.env);

const root = document.getElementById("root");
if (root) createRoot(root).render(<Inbox seats={3} />);
