// The Earth's own disc: sea to the limb, a thin glow above it, and the sky.

import type { Camera } from "../earth/camera";
import { faded, type Palette } from "./palette";

const POINTS = 180;

export function drawSphere(ctx: CanvasRenderingContext2D, camera: Camera, palette: Palette): void {
  const { width, height } = camera;
  ctx.fillStyle = palette.sky;
  ctx.fillRect(0, 0, width, height);
  const sea = ctx.createRadialGradient(width / 2, height / 2, 0, width / 2, height / 2, Math.max(width, height) * 0.75);
  sea.addColorStop(0, palette.sea);
  sea.addColorStop(1, palette.deep);
  ctx.fillStyle = sea;
  const corners: [number, number][] = [[0, 0], [width, 0], [0, height], [width, height]];
  if (corners.every(([x, y]) => camera.placeAt(x, y))) {
    ctx.fillRect(0, 0, width, height);
    return;
  }
  const limb = visibleLimb(camera);
  ctx.beginPath();
  limb.points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  if (!limb.isClosed && limb.points.length) {
    const deep = 20 * height;
    ctx.lineTo(limb.points[limb.points.length - 1]![0], deep);
    ctx.lineTo(limb.points[0]![0], deep);
  }
  ctx.closePath();
  ctx.fill();
  for (const [line, alpha] of [[10, 0.08], [5, 0.16], [1.5, 0.8]] as const) {
    ctx.beginPath();
    limb.points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    if (limb.isClosed) ctx.closePath();
    ctx.strokeStyle = faded(palette.limb, alpha);
    ctx.lineWidth = line;
    ctx.stroke();
  }
}

/** The limb on the screen: closed when all of it lies before the eye, else an arc of it. */
function visibleLimb(camera: Camera): { points: [number, number][]; isClosed: boolean } {
  const all = camera.horizon.limb(POINTS);
  const seen = all.map((point) => camera.project(...point) && isNear(camera));
  const from = seen.findIndex((is, i) => is && !seen[(i + POINTS - 1) % POINTS]);
  const order = Array.from({ length: POINTS }, (_, i) => (i + Math.max(from, 0)) % POINTS);
  const points: [number, number][] = [];
  for (const i of order) {
    if (!seen[i]) {
      if (points.length) break;
      continue;
    }
    camera.project(...all[i]!);
    points.push([camera.x, camera.y]);
  }
  return { points, isClosed: from < 0 && points.length === POINTS };
}

function isNear(camera: Camera): boolean {
  const far = 8 * Math.max(camera.width, camera.height);
  return Math.abs(camera.x) < far && Math.abs(camera.y) < far;
}
