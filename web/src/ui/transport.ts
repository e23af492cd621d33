// The bottom bar: play, step, speed, and a slider over the events of the run.

import { faded, paletteOf } from "../draw/palette";
import type { Picture } from "../scene/picture";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { button, el, write } from "./dom";
import { clock } from "./words";

export const SPEEDS = [1, 2, 5, 10, 20, 30, 60, 120];
const PLAY = "M7 4.500v15l12-7.500Z";
const PAUSE = "M7 5h3.500v14H7ZM13.500 5H17v14h-3.500Z";
const BACK = "M18 5v14l-9-7ZM6 5h2.200v14H6Z";
const ON = "M6 5v14l9-7ZM15.800 5H18v14h-2.200Z";

export class Transport {
  readonly element: HTMLElement;
  readonly slider: HTMLInputElement;
  private readonly strip = el("canvas", { class: "strip", "aria-hidden": "true" });
  private readonly play: HTMLButtonElement;
  private readonly speed: HTMLSelectElement;
  private readonly now = el("output", { class: "now" });
  private stripKey = "";

  constructor(
    private readonly scene: Scene,
    private readonly picture: Picture,
    private readonly state: State,
    actions: { toggle: () => void; step: (by_s: number) => void; jump: (time_s: number) => void },
  ) {
    this.play = button("Play", PLAY, actions.toggle, { class: "play" });
    this.speed = el("select", { "aria-label": "Speed", onchange: () => {
      state.speed = Number(this.speed.value);
      state.changed();
    } }, ...SPEEDS.map((each) => el("option", { value: each }, `${each} ×`)));
    this.slider = el("input", {
      type: "range", min: scene.start_s, max: scene.end_s, step: "any", "aria-label": "Time in the run",
      oninput: () => actions.jump(Number(this.slider.value)),
    });
    this.element = el(
      "footer",
      { class: "transport" },
      el("div", { class: "buttons" },
        button("Step back", BACK, () => actions.step(-2)), this.play, button("Step on", ON, () => actions.step(2)), this.speed),
      el("div", { class: "timeline" }, this.strip, this.slider),
      this.now,
    );
  }

  show(): void {
    const { state, scene } = this;
    const name = state.isPlaying ? "Pause" : "Play";
    if (this.play.title !== name) {
      this.play.title = name;
      this.play.setAttribute("aria-label", name);
      this.play.querySelector("path")!.setAttribute("d", state.isPlaying ? PAUSE : PLAY);
    }
    this.speed.value = String(state.speed);
    if (document.activeElement !== this.slider || state.isPlaying) this.slider.value = String(state.time_s);
    this.slider.setAttribute("aria-valuetext", clock(state.time_s));
    write(this.now, `${clock(state.time_s)} / ${clock(scene.end_s)}`);
    this.drawStrip();
  }

  private drawStrip(): void {
    const { clientWidth: width, clientHeight: height } = this.strip;
    const ratio = window.devicePixelRatio || 1;
    const key = `${width}x${height}@${ratio}${this.state.theme}`;
    if (key === this.stripKey || width === 0) return;
    this.stripKey = key;
    this.strip.width = Math.round(width * ratio);
    this.strip.height = Math.round(height * ratio);
    const ctx = this.strip.getContext("2d")!;
    ctx.scale(ratio, ratio);
    const palette = paletteOf(this.state.theme);
    const x = (time_s: number): number => (time_s / Math.max(this.scene.end_s, 1)) * width;
    this.density(ctx, width, height - 8, faded(palette.side.hostile, 0.32));
    const rows: [string, string, number][] = [
      ["launch", palette.shot, 0],
      ["kill", palette.shot, 1],
      ["leak", palette.leak, 1],
    ];
    for (const [kind, colour, row] of rows) {
      ctx.fillStyle = colour;
      for (const event of this.scene.story.events) {
        if (event.kind !== kind) continue;
        if (kind === "launch") ctx.fillRect(x(event.time_s) - 0.5, height - 3, 1, 3);
        else ctx.fillRect(x(event.time_s) - 0.75, height - 8 - (kind === "leak" ? 3 : 0), 1.5, 4 + row * 2);
      }
    }
  }

  private density(ctx: CanvasRenderingContext2D, width: number, height: number, colour: string): void {
    const { flying, time_s } = this.picture;
    const most = flying.reduce((a, b) => Math.max(a, b), 1);
    ctx.beginPath();
    ctx.moveTo(0, height);
    for (let k = 0; k < time_s.length; k++) {
      ctx.lineTo((time_s[k]! / Math.max(this.scene.end_s, 1)) * width, height - (flying[k]! / most) * (height - 2));
    }
    ctx.lineTo(width, height);
    ctx.closePath();
    ctx.fillStyle = colour;
    ctx.fill();
  }
}
