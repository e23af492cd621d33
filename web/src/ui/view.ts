// On the map itself: how one looks, the scale bar, and a word on heights.

import { scaleBar } from "../draw/graticule";
import type { Camera } from "../earth/camera";
import type { View } from "../earth/views";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { button, el, write } from "./dom";
import { length } from "./words";

const PLAN = "M4 4h16v16H4ZM4 12h16M12 4v16";
const OBLIQUE = "M7 6h10l4 12H3ZM5 12h14M12 6v12";
const WHOLE = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
const NEARER = "M12 5v14M5 12h14";
const FARTHER = "M5 12h14";
const FOLLOW = "M12 3v4M12 17v4M3 12h4M17 12h4M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Z";
const NORTH = "M12 3l4.500 9h-9ZM7.500 12L12 21l4.500-9";

export class ViewTools {
  readonly element: HTMLElement;
  readonly scale: HTMLElement;
  private readonly follow: HTMLButtonElement;
  private readonly north: HTMLButtonElement;
  private readonly bar = el("i");
  private readonly words = el("span");
  private seen = -1;

  constructor(
    private readonly scene: Scene,
    private readonly camera: Camera,
    private readonly state: State,
    actions: { view: (name: View) => void; zoom: (factor: number) => void; follow: () => void; north: () => void },
  ) {
    this.follow = button("Follow what is selected", FOLLOW, actions.follow);
    this.north = button("North up", NORTH, actions.north, { class: "north" });
    this.element = el("div", { class: "tools", role: "toolbar", "aria-label": "View", "aria-orientation": "vertical" },
      button("Nearer", NEARER, () => actions.zoom(0.7)),
      button("Farther", FARTHER, () => actions.zoom(1 / 0.7)),
      this.north,
      button("Plan view", PLAN, () => actions.view("plan")),
      button("Oblique view", OBLIQUE, () => actions.view("oblique")),
      button("The whole theatre", WHOLE, () => actions.view("whole")),
      this.follow);
    this.scale = el("div", { class: "scale" }, this.bar, this.words);
  }

  show(): void {
    this.follow.disabled = !this.state.selection;
    this.follow.setAttribute("aria-pressed", String(this.state.isFollowing));
    if (this.seen === this.camera.version + this.scene.stretch / 100) return;
    this.seen = this.camera.version + this.scene.stretch / 100;
    const { length_m, width_px } = scaleBar(this.camera.metres_px, 110);
    this.bar.style.width = `${width_px.toFixed(1)}px`;
    write(this.words, `${length(length_m)}${this.scene.stretch > 1 ? ` · heights × ${this.scene.stretch}` : ""}`);
    this.north.querySelector("svg")!.style.transform = `rotate(${-this.camera.aim.heading}deg)`;
  }
}
