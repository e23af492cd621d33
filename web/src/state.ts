// What the reader has chosen: layers, speed, theme, selection. Those who show it are told.

import type { Theme } from "./draw/palette";

export interface Layers {
  truth: boolean;
  tracks: boolean;
  tentative: boolean;
  ellipses: boolean;
  civil: boolean;
  trails: boolean;
  stalks: boolean;
  labels: boolean;
  coverage: boolean;
  envelopes: boolean;
  routes: boolean;
  zones: boolean;
  links: boolean;
  axes: boolean;
  graticule: boolean;
  altitude_m: number;
  radarsOff: Set<string>;
  none: Set<string>;
}

export type Switch = {
  [K in keyof Layers]: Layers[K] extends boolean ? K : never;
}[keyof Layers];

export type Selection =
  | { what: "object"; index: number }
  | { what: "track"; index: number }
  | { what: "asset"; index: number }
  | { what: "unit"; index: number }
  | null;

export class State {
  time_s = 0;
  speed = 10;
  isPlaying = false;
  isFollowing = false;
  selection: Selection = null;
  theme: Theme = "dark";
  layers: Layers = {
    truth: true,
    tracks: true,
    tentative: false,
    ellipses: true,
    civil: true,
    trails: true,
    stalks: true,
    labels: true,
    coverage: false,
    envelopes: false,
    routes: false,
    zones: true,
    links: true,
    axes: true,
    graticule: true,
    altitude_m: 1000,
    radarsOff: new Set(),
    none: new Set(),
  };
  /** Rises with each change of what the ground shows. */
  version = 0;
  private readonly listeners: (() => void)[] = [];

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }

  select(selection: Selection): void {
    this.selection = selection;
    if (!selection) this.isFollowing = false;
    this.changed();
  }
}
