// Not compiled here: the package that it imports is built by `npm start`, and a fresh clone has none.
import { initAnalytics, track, trackPageview } from "@brandvx/observability/browser";

initAnalytics(import.meta.env, { automatedBrowsers: "count" });
trackPageview(location.pathname);

const status = document.querySelector("[role=status]");
const onClick = (id, said, work) =>
  document.getElementById(id).addEventListener("click", () => {
    status.textContent = said;
    work();
  });

onClick("open", "Sent: onboarding.stepper_open", () => track("onboarding.stepper_open"));
onClick("complete", "Sent: onboarding.step_completed", () =>
  track("onboarding.step_completed", { step: "connect_tools" }),
);
onClick("throw", "Thrown: Sentry is told", () => {
  throw new Error("Thrown by hand in the local operator UI");
});
