// How sure a track is of where it is, as an ellipse, and the line from it to what it follows.

import type { Camera } from "../earth/camera";
import { DEG } from "../earth/geodesy";
import type { Scene } from "../scene/scene";
import type { Head } from "./heads";
import { faded, type Palette } from "./palette";

/** Half axes of an ellipse that holds a Gaussian position 19 times in 20, in standard deviations. */
export const NINETEEN_IN_20 = 2.448;
const LEAST_PX = 5;
const POINTS = 24;

export function drawEllipses(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, heads: Head[], palette: Palette,
): void {
  ctx.lineWidth = 1;
  for (const head of heads) {
    if (head.what !== "track") continue;
    const belief = scene.belief(head.piece, head.row);
    const half_m = NINETEEN_IN_20 * belief.major_m;
    camera.project(...head.at);
    if (half_m / camera.metresThere() < LEAST_PX || half_m > 60e3) continue;
    ctx.beginPath();
    trace(ctx, scene, camera, head, belief);
    ctx.fillStyle = faded(palette.side[head.side], 0.08);
    ctx.fill();
    ctx.strokeStyle = faded(palette.side[head.side], 0.65);
    ctx.stroke();
  }
}

function trace(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, head: Head, belief: ReturnType<Scene["belief"]>,
): void {
  const [lat, lon] = scene.tracks.placeOf(head.row);
  const [east, north] = scene.frame.axesAt(lat, lon);
  const [s, c] = [Math.sin(belief.bearing_deg * DEG), Math.cos(belief.bearing_deg * DEG)];
  const [major, minor] = [NINETEEN_IN_20 * belief.major_m, NINETEEN_IN_20 * belief.minor_m];
  for (let i = 0; i <= POINTS; i++) {
    const angle = (2 * Math.PI * i) / POINTS;
    const [a, b] = [major * Math.cos(angle), minor * Math.sin(angle)];
    const [e, n] = [a * s + b * c, a * c - b * s];
    const [x, y, z] = head.at;
    const seen = camera.project(
      x + e * east[0] + n * north[0], y + e * east[1] + n * north[1], z + e * east[2] + n * north[2],
    );
    if (!seen) return;
    if (i) ctx.lineTo(camera.x, camera.y);
    else ctx.moveTo(camera.x, camera.y);
  }
}

/** A line from each track to the object that it is taken for, where the two lie apart. */
export function drawErrors(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, time_s: number, heads: Head[], palette: Palette,
): void {
  ctx.beginPath();
  const ends: [number, number][] = [];
  for (const head of heads) {
    if (head.what !== "track" || head.other < 0) continue;
    const at = scene.objectAt(head.other, time_s);
    if (!at || !camera.sees(...at)) continue;
    if (Math.hypot(camera.x - head.x, camera.y - head.y) < 6) continue;
    ctx.moveTo(head.x, head.y);
    ctx.lineTo(camera.x, camera.y);
    ends.push([camera.x, camera.y]);
  }
  ctx.strokeStyle = palette.text;
  ctx.lineWidth = 0.9;
  ctx.setLineDash([2, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const [x, y] of ends) {
    ctx.moveTo(x - 3, y);
    ctx.lineTo(x + 3, y);
    ctx.moveTo(x, y - 3);
    ctx.lineTo(x, y + 3);
  }
  ctx.stroke();
}
