// Ways to look: plan, oblique, the whole theatre, following; and the way from one to another.

import type { Box } from "../draw/whole";
import { FIELD, type Aim, type Camera } from "./camera";
import { DEG } from "./geodesy";

export type View = "plan" | "oblique" | "whole";

const TURN_MS = 450;
const TILT = 42;
const MARGIN = 1.3;

export class Pilot {
  private from: Aim | null = null;
  private to: Aim | null = null;
  private begun_ms = 0;

  constructor(
    private readonly camera: Camera,
    private readonly whole: Box,
    private readonly isCalm: boolean,
  ) {}

  view(name: View, now_ms: number): void {
    const { aim } = this.camera;
    if (name === "plan") this.fly({ ...aim, tilt: 0, heading: 0 }, now_ms);
    else if (name === "oblique") this.fly({ ...aim, tilt: 58 }, now_ms);
    else this.fly(this.home(), now_ms);
  }

  home(): Aim {
    const { width, height } = this.camera;
    const { lat, lon, wide_m, tall_m } = this.whole;
    const span_m = Math.max((wide_m * height) / Math.max(width, 1), tall_m * Math.cos(TILT * DEG), 2e4);
    return { lat, lon, range: (MARGIN * span_m) / (2 * Math.tan(FIELD / 2)), heading: 0, tilt: TILT };
  }

  /** Brings a place into the middle, near enough to tell what is there. */
  frame(lat: number, lon: number, now_ms: number): void {
    const range = Math.min(this.camera.aim.range, 90e3);
    this.fly({ ...this.camera.aim, lat, lon, range }, now_ms);
  }

  fly(to: Aim, now_ms: number): void {
    if (this.isCalm) {
      this.camera.look(to);
      return;
    }
    this.from = this.camera.aim;
    this.to = to;
    this.begun_ms = now_ms;
  }

  stop(): void {
    this.to = null;
  }

  /** Moves on; tells whether it is still under way. */
  advance(now_ms: number): boolean {
    const { from, to } = this;
    if (!from || !to) return false;
    const f = Math.min(1, (now_ms - this.begun_ms) / TURN_MS);
    const s = f * f * (3 - 2 * f);
    const turn = ((to.heading - from.heading + 540) % 360) - 180;
    this.camera.look({
      lat: from.lat + s * (to.lat - from.lat),
      lon: from.lon + s * (to.lon - from.lon),
      range: from.range * (to.range / from.range) ** s,
      heading: from.heading + s * turn,
      tilt: from.tilt + s * (to.tilt - from.tilt),
    });
    if (f >= 1) this.to = null;
    return true;
  }
}
