/** Teams that own events, dashboards and alerts. Other names do not compile. */
export const owners = {
  growth: "sign-up, onboarding and activation of operators",
  ai: "AskVX: prompts, answers, their speed and their errors",
  messaging: "cadences and the SMS and e-mail providers behind them",
  platform: "the apps themselves: pages, errors, deployments, this repository",
} as const;

export type Owner = keyof typeof owners;
