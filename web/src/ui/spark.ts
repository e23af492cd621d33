// Error of an object's tracks over time, beside what they claimed; a logarithmic scale.

import { paletteOf } from "../draw/palette";
import { missesOf, type Miss } from "../scene/errors";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { el } from "./dom";
import { length } from "./words";

const HEIGHT = 46;
const GAP_S = 5;

export class Spark {
  private object = -1;
  private misses: Miss[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly state: State,
  ) {}

  /** The picture of an object's errors until now; null where it was never tracked. */
  of(object: number, width: number): HTMLElement | null {
    if (object !== this.object) {
      this.object = object;
      this.misses = object < 0 ? [] : missesOf(this.scene, object);
    }
    const until = this.misses.filter((miss) => miss.time_s <= this.state.time_s);
    if (until.length < 2) return null;
    const worst = Math.max(...this.misses.map((miss) => Math.max(miss.error_m, miss.claimed_m)));
    const canvas = el("canvas", { class: "spark", role: "img", "aria-label": `Error of its track over time, at most ${length(worst)}` });
    this.draw(canvas, until, Math.max(worst, 30), width);
    return el("div", { class: "table" },
      el("h4", {}, `Error of its tracks, up to ${length(worst)}`), canvas,
      el("p", { class: "note" }, "Line: how wrong. Dashes: how wrong it thought it was. Scale of tens."));
  }

  private draw(canvas: HTMLCanvasElement, misses: Miss[], most_m: number, width: number): void {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(HEIGHT * ratio);
    const ctx = canvas.getContext("2d")!;
    ctx.scale(ratio, ratio);
    const palette = paletteOf(this.state.theme);
    const times = this.misses.map((miss) => miss.time_s);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const x = (time_s: number): number => ((time_s - first) / Math.max(last - first, 1)) * (width - 2) + 1;
    const y = (metres: number): number => HEIGHT - 2 - (Math.log10(Math.max(metres, 3) / 3) / Math.log10(most_m / 3)) * (HEIGHT - 4);
    ctx.strokeStyle = palette.grid;
    ctx.beginPath();
    for (let tens = 10; tens < most_m; tens *= 10) {
      ctx.moveTo(0, Math.round(y(tens)) + 0.5);
      ctx.lineTo(width, Math.round(y(tens)) + 0.5);
    }
    ctx.stroke();
    const line = (value: (miss: Miss) => number): void => {
      ctx.beginPath();
      misses.forEach((miss, i) => {
        const isJoined = misses[i - 1]?.track === miss.track && miss.time_s - misses[i - 1]!.time_s < GAP_S;
        if (isJoined) ctx.lineTo(x(miss.time_s), y(value(miss)));
        else ctx.moveTo(x(miss.time_s), y(value(miss)));
      });
      ctx.stroke();
    };
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = palette.muted;
    ctx.setLineDash([3, 3]);
    line((miss) => miss.claimed_m);
    ctx.setLineDash([]);
    ctx.strokeStyle = palette.side.unknown;
    line((miss) => miss.error_m);
  }
}
