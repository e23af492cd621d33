// Interceptors on their way, and what became of them: kills filled, misses hollow, leaks red.

import type { Camera } from "../earth/camera";
import type { Vector } from "../earth/geodesy";
import type { Shot } from "../scene/events";
import type { Scene } from "../scene/scene";
import { faded, type Palette } from "./palette";

export const MARK_S = 75;

export interface Flight {
  shot: Shot;
  from: Vector | null;
  to: Vector | null;
}

/** All rounds with where they start and end; made anew when heights are stretched. */
export function flightsOf(scene: Scene): Flight[] {
  const places = new Map<string, Vector>();
  const { launchers = [], blocks = [] } = scene.ground;
  for (const { name, place } of [...blocks, ...launchers]) {
    places.set(name, scene.frame.local(place[0], place[1], place[2] * scene.stretch));
  }
  return scene.story.shots.map((shot) => ({
    shot,
    from: places.get(shot.unit) ?? places.get(shot.unit.split("/")[0]!) ?? null,
    to: scene.objectAt(shot.object, shot.to_s, 6) ?? scene.trackAt(shot.track, shot.to_s, 60),
  }));
}

/** Where a round is: on the line to where it will meet its target, at an even speed. */
export function roundAt(scene: Scene, flight: Flight, time_s: number): Vector | null {
  const { shot, from } = flight;
  const to = shot.outcome === "flying" ? scene.trackAt(shot.track, time_s) : flight.to;
  if (!from || !to || shot.outcome === "flying") return null;
  const f = (time_s - shot.from_s) / Math.max(shot.to_s - shot.from_s, 1e-3);
  return [0, 1, 2].map((i) => from[i]! + f * (to[i]! - from[i]!)) as Vector;
}

export function drawRounds(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, flights: Flight[], time_s: number, palette: Palette,
): void {
  for (const flight of flights) {
    const { shot, from } = flight;
    if (time_s < shot.from_s || time_s >= shot.to_s || !from) continue;
    const at = roundAt(scene, flight, time_s);
    if (!at || !camera.sees(...at)) continue;
    const [x, y] = [camera.x, camera.y];
    let angle = 0;
    ctx.lineWidth = 1.4;
    if (camera.sees(...from)) {
      ctx.beginPath();
      ctx.moveTo(camera.x, camera.y);
      ctx.lineTo(x, y);
      ctx.strokeStyle = faded(palette.shot, 0.55);
      ctx.stroke();
      angle = Math.atan2(y - camera.y, x - camera.x);
    }
    const target = scene.objectAt(shot.object, time_s) ?? scene.trackAt(shot.track, time_s);
    if (target && camera.sees(...target)) {
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(camera.x, camera.y);
      ctx.setLineDash([3, 4]);
      ctx.strokeStyle = faded(palette.shot, 0.5);
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.setLineDash([]);
    }
    dart(ctx, x, y, angle, palette);
  }
}

function dart(ctx: CanvasRenderingContext2D, x: number, y: number, angle: number, palette: Palette): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(6, 0);
  ctx.lineTo(-5, 3.6);
  ctx.lineTo(-3, 0);
  ctx.lineTo(-5, -3.6);
  ctx.closePath();
  ctx.fillStyle = palette.shot;
  ctx.strokeStyle = palette.halo;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
  ctx.restore();
}

/** Kills and misses of the last while, and leaks, each fading. */
export function drawMarks(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, flights: Flight[], time_s: number, palette: Palette,
): void {
  for (const { shot, to } of flights) {
    const age_s = time_s - shot.to_s;
    if (shot.outcome === "flying" || age_s < 0 || age_s > MARK_S || !to || !camera.sees(...to)) continue;
    const alpha = 1 - (0.75 * age_s) / MARK_S;
    if (shot.outcome === "kill") burst(ctx, camera.x, camera.y, 7 + 6 * Math.max(0, 1 - age_s / 4), alpha, palette);
    else ring(ctx, camera.x, camera.y, 5 + 4 * Math.max(0, 1 - age_s / 4), faded(palette.text, alpha), palette);
  }
  for (const [object, end] of scene.story.ends) {
    const age_s = time_s - end.time_s;
    if (end.how !== "leaked" || age_s < 0 || age_s > MARK_S) continue;
    const at = scene.objectAt(object, end.time_s, 6);
    if (!at || !camera.sees(...at)) continue;
    const grow = Math.max(0, 1 - age_s / 6);
    ring(ctx, camera.x, camera.y, 6 + 14 * grow, faded(palette.leak, 1 - (0.8 * age_s) / MARK_S), palette);
    cross(ctx, camera.x, camera.y, faded(palette.leak, 1 - (0.8 * age_s) / MARK_S));
  }
}

function burst(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, alpha: number, palette: Palette): void {
  ctx.beginPath();
  for (let i = 0; i < 16; i++) {
    const r = i % 2 ? radius * 0.5 : radius;
    const angle = (i * Math.PI) / 8;
    ctx.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
  ctx.fillStyle = faded(palette.shot, alpha);
  ctx.strokeStyle = palette.halo;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fill();
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string, palette: Palette): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.strokeStyle = palette.halo;
  ctx.lineWidth = 3.5;
  ctx.stroke();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  ctx.beginPath();
  ctx.moveTo(x - 4, y - 4);
  ctx.lineTo(x + 4, y + 4);
  ctx.moveTo(x + 4, y - 4);
  ctx.lineTo(x - 4, y + 4);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.2;
  ctx.stroke();
}
