// Colours, safe for colour-blind readers (after Okabe and Ito): lightness differs too, and shape.

import type { Side } from "../scene/scene";

export interface Palette {
  sea: string;
  deep: string;
  sky: string;
  limb: string;
  land: string;
  coast: string;
  grid: string;
  text: string;
  muted: string;
  halo: string;
  side: Record<Side, string>;
  ink: string;
  coverage: string;
  envelope: string;
  zone: string;
  link: string;
  leak: string;
  shot: string;
}

const DARK: Palette = {
  sea: "#0e1b29",
  deep: "#0a1420",
  sky: "#05080d",
  limb: "#35597d",
  land: "#1f2b33",
  coast: "#5b7485",
  grid: "rgba(150,185,215,0.13)",
  text: "#e8eef4",
  muted: "#9fb1c1",
  halo: "rgba(6,11,17,0.82)",
  side: { hostile: "#ff6b5e", friend: "#6fb7f2", civil: "#57c99a", unknown: "#f2d652" },
  ink: "#0a1018",
  coverage: "#6fb7f2",
  envelope: "#b79cf0",
  zone: "#e0a458",
  link: "#c9d6e2",
  leak: "#ff4d4d",
  shot: "#a8d8ff",
};

const LIGHT: Palette = {
  sea: "#dfe9f0",
  deep: "#d3e0ea",
  sky: "#f4f7fa",
  limb: "#8fb0c9",
  land: "#f6f3ea",
  coast: "#7f8f98",
  grid: "rgba(40,70,100,0.15)",
  text: "#15202b",
  muted: "#4a5b69",
  halo: "rgba(255,255,255,0.86)",
  side: { hostile: "#c8281e", friend: "#1769aa", civil: "#0b7a54", unknown: "#a67c00" },
  ink: "#ffffff",
  coverage: "#1769aa",
  envelope: "#6a45c4",
  zone: "#a8620b",
  link: "#33475a",
  leak: "#b8000f",
  shot: "#0f5c9c",
};

export type Theme = "dark" | "light";

export function paletteOf(theme: Theme): Palette {
  return theme === "dark" ? DARK : LIGHT;
}

/** A colour `#rrggbb` with an opacity. */
export function faded(colour: string, alpha: number): string {
  const n = parseInt(colour.slice(1), 16);
  return `rgba(${n >> 16},${(n >> 8) & 255},${n & 255},${alpha})`;
}
