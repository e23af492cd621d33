// Parallels and meridians at a spacing that suits the view, with their names, and a scale bar.

import type { Camera } from "../earth/camera";
import { DEG } from "../earth/geodesy";
import type { Palette } from "./palette";

const SPACINGS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20];
const REACH = 8; // lines to either side

export function drawGraticule(ctx: CanvasRenderingContext2D, camera: Camera, palette: Palette): void {
  const span = camera.metres_px * Math.max(camera.width, camera.height);
  const spacing = SPACINGS.find((each) => each * 111e3 * 5 > span) ?? 30;
  const wide = Math.min(spacing * Math.max(1, 1 / Math.cos(camera.aim.lat * DEG)), 30);
  const apart = SPACINGS.find((each) => each >= wide * 0.99) ?? 30;
  const lat0 = Math.round(camera.aim.lat / spacing) * spacing;
  const lon0 = Math.round(camera.aim.lon / apart) * apart;
  ctx.strokeStyle = palette.grid;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let k = -REACH; k <= REACH; k++) {
    trace(ctx, camera, (f) => [lat0 + k * spacing, lon0 + f * REACH * apart]);
    trace(ctx, camera, (f) => [lat0 + f * REACH * spacing, lon0 + k * apart]);
  }
  ctx.stroke();
  ctx.fillStyle = palette.muted;
  ctx.font = "10px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  for (let k = -REACH; k <= REACH; k++) {
    name(ctx, camera, lat0 + k * spacing, lon0 + apart / 2, latitude(lat0 + k * spacing));
    name(ctx, camera, lat0 + spacing / 2, lon0 + k * apart, longitude(lon0 + k * apart));
  }
}

function trace(ctx: CanvasRenderingContext2D, camera: Camera, at: (f: number) => [number, number]): void {
  let isDrawing = false;
  for (let i = -24; i <= 24; i++) {
    const [lat, lon] = at(i / 24);
    if (Math.abs(lat) > 89 || !camera.sees(...camera.frame.local(lat, lon, 0))) {
      isDrawing = false;
    } else {
      if (isDrawing) ctx.lineTo(camera.x, camera.y);
      else ctx.moveTo(camera.x, camera.y);
      isDrawing = true;
    }
  }
}

function name(ctx: CanvasRenderingContext2D, camera: Camera, lat: number, lon: number, text: string): void {
  if (Math.abs(lat) > 89 || !camera.sees(...camera.frame.local(lat, lon, 0))) return;
  // Towards the horizon the lines crowd, and their names would lie on each other.
  if (camera.w > 2 * camera.aim.range) return;
  ctx.textAlign = "center";
  ctx.fillText(text, camera.x, camera.y);
}

function latitude(deg: number): string {
  return `${trimmed(Math.abs(deg))}° ${deg < 0 ? "S" : "N"}`;
}

function longitude(deg: number): string {
  const inside = ((deg + 540) % 360) - 180;
  return `${trimmed(Math.abs(inside))}° ${inside < 0 ? "W" : "E"}`;
}

function trimmed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A round length [m] that is at most `most_px` long on the screen, with its width. */
export function scaleBar(metres_px: number, most_px: number): { length_m: number; width_px: number } {
  const most = metres_px * most_px;
  const power = 10 ** Math.floor(Math.log10(most));
  const length_m = [5, 2, 1].map((step) => step * power).find((each) => each <= most) ?? power;
  return { length_m, width_px: length_m / metres_px };
}
