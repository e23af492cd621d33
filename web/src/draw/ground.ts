// What stands still: sea and land, graticule, coverage, envelopes, zones, corridors, axes, links.

import type { Camera } from "../earth/camera";
import type { Frame } from "../earth/geodesy";
import type { Ground, Place } from "../scene/container";
import type { Layers } from "../state";
import { drawSphere } from "./sphere";
import { faded, type Palette } from "./palette";
import { drawGraticule } from "./graticule";

/** Local metres of a line, three numbers a place. */
export type Line = Float32Array;

const NAMED_M_PX = 1500;
const NAMED_PX = 600;

interface Area {
  name: string;
  altitude_m: number;
  outline: Line;
  hole: Line;
}

/** The ground in local metres, heights stretched. */
export class Lines {
  readonly coast: Line[];
  readonly radars: Area[];
  readonly envelopes: Area[];
  readonly zones: { name: string; rule: string; line: Line; begin_s: number; end_s: number }[];
  readonly axes: { name: string; line: Line }[];
  readonly routes: { name: string; side: string; line: Line }[];
  readonly links: { name: string; line: Line }[];

  constructor(ground: Partial<Ground>, frame: Frame, stretch: number) {
    const line = (places: Place[]): Line => lineOf(places, frame, stretch);
    const areas = (from: { name: string; rings: Ground["radars"][0]["rings"] }[]): Area[] =>
      from.flatMap(({ name, rings }) =>
        rings.map((ring) => ({
          name,
          altitude_m: ring.altitude_m,
          outline: line(ring.outline),
          hole: line(ring.hole),
        })),
      );
    this.coast = (ground.coast ?? []).map(line);
    this.radars = areas(ground.radars ?? []);
    this.envelopes = areas(ground.envelopes ?? []);
    this.zones = (ground.zones ?? []).map((zone) => ({ ...zone, line: line(zone.places) }));
    this.axes = (ground.axes ?? []).map((axis) => ({ ...axis, line: line(axis.places) }));
    this.routes = (ground.routes ?? []).map((route) => ({ ...route, line: line(route.places) }));
    this.links = (ground.links ?? []).map((link) => ({ ...link, line: line(link.places) }));
  }
}

export function drawGround(
  ctx: CanvasRenderingContext2D,
  camera: Camera,
  lines: Lines,
  layers: Layers,
  palette: Palette,
  time_s: number,
): void {
  drawSphere(ctx, camera, palette);
  for (const coast of lines.coast) drawCoast(ctx, camera, coast, palette);
  if (layers.graticule) drawGraticule(ctx, camera, palette);
  if (layers.zones) {
    for (const zone of lines.zones) {
      const holds = zone.begin_s <= time_s && time_s < zone.end_s;
      fillLine(ctx, camera, zone.line, faded(palette.zone, holds ? 0.1 : 0.03));
      strokeLine(ctx, camera, zone.line, faded(palette.zone, holds ? 0.85 : 0.3), 1.2, [6, 3]);
      nameLine(ctx, camera, zone.line, `${zone.name} · ${zone.rule}`, palette.zone, palette, 0);
    }
  }
  if (layers.routes) {
    for (const route of lines.routes) {
      const colour = route.side === "friend" ? palette.side.friend : palette.side.civil;
      strokeLine(ctx, camera, route.line, faded(colour, 0.14), 7, []);
      strokeLine(ctx, camera, route.line, faded(colour, 0.6), 1, [2, 4]);
    }
  }
  drawAreas(ctx, camera, lines, layers, palette);
  if (layers.axes) {
    for (const axis of lines.axes) {
      strokeLine(ctx, camera, axis.line, faded(palette.side.hostile, 0.38), 1, [10, 6]);
      arrowLine(ctx, camera, axis.line, palette.side.hostile);
      nameLine(ctx, camera, axis.line, axis.name, palette.side.hostile, palette, 0);
    }
  }
  if (layers.links) {
    for (const link of lines.links) {
      strokeLine(ctx, camera, link.line, faded(palette.link, 0.8), 1.4, [1, 4]);
      nameLine(ctx, camera, link.line, link.name, palette.link, palette, 0.5);
    }
  }
}

function drawAreas(
  ctx: CanvasRenderingContext2D, camera: Camera, lines: Lines, layers: Layers, palette: Palette,
): void {
  const draw = (areas: Area[], off: Set<string>, colour: string, dash: number[]): void => {
    for (const area of areas) {
      if (area.altitude_m !== layers.altitude_m || off.has(area.name)) continue;
      fillLine(ctx, camera, area.outline, faded(colour, 0.045), area.hole);
      strokeLine(ctx, camera, area.outline, faded(colour, 0.75), 1.2, dash);
      strokeLine(ctx, camera, area.hole, faded(colour, 0.4), 1, dash);
      nameLine(ctx, camera, area.outline, area.name, colour, palette, place(area.name));
    }
  };
  if (layers.coverage) draw(lines.radars, layers.radarsOff, palette.coverage, []);
  if (layers.envelopes) draw(lines.envelopes, layers.none, palette.envelope, [5, 3]);
}

/** Where along its ring a name stands: apart for different names. */
function place(name: string): number {
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = (hash * 31 + name.charCodeAt(i)) % 997;
  return (hash % 40) / 40;
}

export function lineOf(places: Place[], frame: Frame, stretch: number): Line {
  const line = new Float32Array(3 * places.length);
  places.forEach(([lat, lon, height], i) => line.set(frame.local(lat, lon, height * stretch), 3 * i));
  return line;
}

/** Traces a line, broken where the Earth hides it. */
export function traceLine(ctx: CanvasRenderingContext2D, camera: Camera, line: Line): void {
  let isDrawing = false;
  for (let i = 0; i < line.length; i += 3) {
    if (!camera.sees(line[i]!, line[i + 1]!, line[i + 2]!)) isDrawing = false;
    else if (isDrawing) ctx.lineTo(camera.x, camera.y);
    else {
      ctx.moveTo(camera.x, camera.y);
      isDrawing = true;
    }
  }
}

function strokeLine(
  ctx: CanvasRenderingContext2D, camera: Camera, line: Line, colour: string, width: number, dash: number[],
): void {
  if (line.length === 0) return;
  ctx.beginPath();
  traceLine(ctx, camera, line);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}

function fillLine(ctx: CanvasRenderingContext2D, camera: Camera, line: Line, colour: string, hole?: Line): void {
  ctx.beginPath();
  traceWhole(ctx, camera, line);
  if (hole && hole.length) traceWhole(ctx, camera, hole);
  ctx.fillStyle = colour;
  ctx.fill("evenodd");
}

function traceWhole(ctx: CanvasRenderingContext2D, camera: Camera, line: Line): void {
  let isFirst = true;
  for (let i = 0; i < line.length; i += 3) {
    if (!camera.sees(line[i]!, line[i + 1]!, line[i + 2]!)) continue;
    if (isFirst) ctx.moveTo(camera.x, camera.y);
    else ctx.lineTo(camera.x, camera.y);
    isFirst = false;
  }
  ctx.closePath();
}

function drawCoast(ctx: CanvasRenderingContext2D, camera: Camera, coast: Line, palette: Palette): void {
  const n = coast.length - 3;
  const isClosed = n > 6 && coast[0] === coast[n] && coast[1] === coast[n + 1];
  if (isClosed) fillLine(ctx, camera, coast, palette.land);
  strokeLine(ctx, camera, coast, palette.coast, 1.1, []);
}

function arrowLine(ctx: CanvasRenderingContext2D, camera: Camera, line: Line, colour: string): void {
  const n = line.length;
  if (n < 6 || !camera.sees(line[n - 6]!, line[n - 5]!, line[n - 4]!)) return;
  const [x, y] = [camera.x, camera.y];
  if (!camera.sees(line[n - 3]!, line[n - 2]!, line[n - 1]!)) return;
  ctx.save();
  ctx.translate(camera.x, camera.y);
  ctx.rotate(Math.atan2(camera.y - y, camera.x - x));
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-9, -4);
  ctx.lineTo(-9, 4);
  ctx.fillStyle = faded(colour, 0.8);
  ctx.fill();
  ctx.restore();
}

function nameLine(
  ctx: CanvasRenderingContext2D, camera: Camera, line: Line, name: string, colour: string, palette: Palette, at: number,
): void {
  if (camera.metres_px > NAMED_M_PX || camera.width < NAMED_PX) return;
  const i = 3 * Math.floor(at * (line.length / 3 - 1));
  if (line.length < 3 || !camera.sees(line[i]!, line[i + 1]!, line[i + 2]!)) return;
  ctx.font = "11px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.lineWidth = 3;
  ctx.strokeStyle = palette.halo;
  ctx.strokeText(name, camera.x + 5, camera.y - 5);
  ctx.fillStyle = colour;
  ctx.fillText(name, camera.x + 5, camera.y - 5);
}
