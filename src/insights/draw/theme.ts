export type Theme = "light" | "dark";

/** Colours of a theme. */
export interface Colours {
  readonly page: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  /** Grid lines, and the empty part of a bar. */
  readonly grid: string;
  readonly track: string;
  readonly alarm: string;
  /**
   * Colours of lines and bars, distinguishable also with colour blindness (after Okabe and Ito), each with a contrast
   * of at least 3 to the card.
   */
  readonly series: readonly string[];
  /** Colours for the summed-up remaining values, and for the missing value. */
  readonly other: string;
  readonly missing: string;
}

const themes: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#f6f8fa",
    card: "#ffffff",
    border: "#d1d9e0",
    text: "#1f2328",
    muted: "#59636e",
    grid: "#e4e8ec",
    track: "#eef1f4",
    alarm: "#b42318",
    series: ["#0069b4", "#d55e00", "#00876c", "#a8439a", "#a37200", "#2b93d1", "#7a3b12", "#5b6b2f"],
    other: "#8b949e",
    missing: "#6e7781",
  },
  dark: {
    page: "#0d1117",
    card: "#151b23",
    border: "#3d444d",
    text: "#f0f6fc",
    muted: "#9198a1",
    grid: "#2a313a",
    track: "#212830",
    alarm: "#ff8a80",
    series: ["#58b0f0", "#f0883e", "#3fcfa4", "#e48fcd", "#e6b93d", "#9ad1f5", "#d9a184", "#b5c77a"],
    other: "#8b949e",
    missing: "#a5adb6",
  },
};

/** Number of colours for lines and bars. */
export const seriesColours = themes.light.series.length;

export function coloursOf(theme: Theme): Colours {
  return themes[theme];
}

export const fontFamily = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

/** Width in pixels that a comment on GitHub gives a picture before it scales it down. */
export const commentWidth = 830;
