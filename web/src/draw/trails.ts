// Trails of the last 90 seconds, fading, and stalks down to the ground.

import type { Camera } from "../earth/camera";
import type { Flights } from "../scene/flights";
import type { Scene, Side } from "../scene/scene";
import type { Head } from "./heads";
import { faded, type Palette } from "./palette";

export const TRAIL_S = 90;
const EARTH_M = 6.371e6;
const BANDS = [
  { from_s: 0, to_s: 20, alpha: 0.85 },
  { from_s: 20, to_s: 45, alpha: 0.5 },
  { from_s: 45, to_s: TRAIL_S, alpha: 0.22 },
];
const ORDER: Side[] = ["civil", "friend", "unknown", "hostile"];

export function drawTrails(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, heads: Head[], palette: Palette,
): void {
  // Far away, samples lie closer than a pixel.
  const stride = Math.max(1, Math.min(8, Math.round(camera.metres_px / 250)));
  ctx.lineWidth = camera.hair;
  ctx.lineJoin = "bevel";
  for (const side of ORDER) {
    for (const band of BANDS) {
      ctx.beginPath();
      for (const head of heads) {
        if (head.side !== side) continue;
        const flights = head.what === "track" ? scene.tracks : scene.truth;
        trace(ctx, camera, flights, head, band, stride);
      }
      ctx.strokeStyle = faded(palette.side[side], band.alpha);
      ctx.stroke();
    }
  }
}

function trace(
  ctx: CanvasRenderingContext2D, camera: Camera, flights: Flights, head: Head,
  band: (typeof BANDS)[0], stride: number,
): void {
  const start = flights.starts[head.piece]!;
  const first = flights.pieces.first[head.piece]!;
  const period = Math.max(flights.instants[1]! - flights.instants[0]!, 0.1);
  const newest = head.row - Math.floor(band.from_s / period);
  const oldest = Math.max(head.row - Math.ceil(band.to_s / period), start);
  if (newest < start) return;
  if (band.from_s === 0) ctx.moveTo(head.x, head.y);
  let isDrawing = band.from_s === 0;
  // Rows that are drawn are fixed ones, or the trail would shiver as time goes on.
  for (let row = newest - ((first + newest - start) % stride); row >= oldest; row -= stride) {
    if (!camera.sees(flights.x[row]!, flights.y[row]!, flights.z[row]!)) {
      isDrawing = false;
      continue;
    }
    if (isDrawing) ctx.lineTo(camera.x, camera.y);
    else ctx.moveTo(camera.x, camera.y);
    isDrawing = true;
  }
}

/** Lines from heads down to the ground, where one looks from the side. */
export function drawStalks(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, heads: Head[], palette: Palette,
): void {
  if (camera.aim.tilt < 15) return;
  for (const side of ORDER) {
    ctx.beginPath();
    for (const head of heads) {
      if (head.side !== side) continue;
      const flights = head.what === "track" ? scene.tracks : scene.truth;
      // Down is towards the middle of the Earth: 30 m beside the plumb line at most, from 10 km.
      const [x0, y0, z0] = head.at;
      const down = (flights.height[head.row]! * flights.step[1] * scene.stretch) / Math.hypot(x0, y0, z0 + EARTH_M);
      const [x, y, z] = [x0 - down * x0, y0 - down * y0, z0 - down * (z0 + EARTH_M)];
      if (!camera.sees(x, y, z)) continue;
      if (Math.abs(camera.y - head.y) + Math.abs(camera.x - head.x) < 5) continue;
      ctx.moveTo(head.x, head.y);
      ctx.lineTo(camera.x, camera.y);
      ctx.rect(camera.x - 0.75, camera.y - 0.75, 1.5, 1.5);
    }
    ctx.strokeStyle = faded(palette.side[side], 0.4);
    ctx.lineWidth = camera.hair;
    ctx.stroke();
  }
}

/** The way of one flight between two times, for what is selected. */
export function drawWay(
  ctx: CanvasRenderingContext2D, camera: Camera, flights: Flights, owner: number, from_s: number, until_s: number, colour: string, dash: number[],
): void {
  ctx.beginPath();
  for (const piece of flights.piecesOf[owner] ?? []) {
    let isDrawing = false;
    for (let row = flights.starts[piece]!; row < flights.starts[piece + 1]!; row++) {
      const at_s = flights.instants[flights.pieces.first[piece]! + row - flights.starts[piece]!]!;
      if (at_s > until_s) break;
      if (at_s < from_s) continue;
      if (!camera.sees(flights.x[row]!, flights.y[row]!, flights.z[row]!)) isDrawing = false;
      else {
        if (isDrawing) ctx.lineTo(camera.x, camera.y);
        else ctx.moveTo(camera.x, camera.y);
        isDrawing = true;
      }
    }
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}
