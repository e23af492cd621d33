// Assets with what has hit them, and the units of the defence.

import type { Camera } from "../earth/camera";
import type { Vector } from "../earth/geodesy";
import type { Happening } from "../scene/events";
import type { Scene } from "../scene/scene";
import { faded, type Palette } from "./palette";
import { iconOfAsset, type Shapes } from "./shapes";

export interface Site {
  what: "asset" | "unit";
  index: number;
  name: string;
  icon: string;
  at: Vector;
  stands: number;
  hits: number[]; // times
  /** When a unit of the defence was destroyed; of an asset its hits tell. */
  lost_s: number;
  radius: number;
}

/** Assets and units; units of a block that stand on one spot show as their block. */
export function sitesOf(scene: Scene): Site[] {
  const { assets = [], blocks = [] } = scene.ground;
  const place = ([lat, lon, height]: readonly [number, number, number]): Vector =>
    scene.frame.local(lat, lon, height * scene.stretch);
  const { events } = scene.story;
  const hits = hitsOf(events);
  const lost = new Map(events.filter((each) => each.kind === "suppressed").map((each) => [each.subject, each.time_s]));
  return [
    ...blocks.map((block, index) => ({
      what: "unit" as const, index, name: block.name, at: place(block.place), radius: 9, stands: 0,
      icon: /aew|early|warning/i.test(`${block.system_name} ${block.name}`) ? "warning" : "defence",
      hits: hits.get(block.name) ?? [], lost_s: lost.get(block.name) ?? Infinity,
    })),
    ...assets.filter((asset) => !asset.block).map((asset, index) => ({
      what: "asset" as const, index, name: asset.name, at: place(asset.place), radius: 9, stands: asset.hits,
      icon: iconOfAsset(asset.name), hits: hits.get(asset.name) ?? [], lost_s: Infinity,
    })),
  ];
}

export function hitsOf(events: Happening[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { kind, subject, time_s } of events) {
    if (kind !== "damage") continue;
    const list = found.get(subject);
    if (list) list.push(time_s);
    else found.set(subject, [time_s]);
  }
  return found;
}

export function hitsBy(site: { hits: number[] }, time_s: number): number {
  let n = 0;
  while (n < site.hits.length && site.hits[n]! <= time_s) n++;
  return n;
}

export function isLost(site: Site, time_s: number): boolean {
  return site.lost_s <= time_s || (site.stands > 0 && hitsBy(site, time_s) >= site.stands);
}

export function drawSites(
  ctx: CanvasRenderingContext2D, camera: Camera, sites: Site[], time_s: number, shapes: Shapes, palette: Palette,
): void {
  for (const site of sites) {
    if (!camera.sees(...site.at)) continue;
    const [x, y] = [camera.x, camera.y];
    const hits = hitsBy(site, time_s);
    const lost = isLost(site, time_s);
    const size = camera.metres_px < 200 ? 28 : camera.metres_px < 900 ? 21 : 15;
    site.radius = size / 2;
    if (!shapes.symbol(ctx, "friend", site.icon, size, x, y)) {
      ctx.fillStyle = palette.side.friend;
      ctx.fillRect(x - 5, y - 4, 10, 8);
    }
    if (site.what === "asset") damage(ctx, x, y + size / 2 + 4, site, hits, palette);
    if (lost) struck(ctx, x, y, size / 2, palette);
  }
}

function damage(
  ctx: CanvasRenderingContext2D, x: number, y: number, site: Site, hits: number, palette: Palette,
): void {
  const width = 24;
  const cell = width / Math.max(site.stands, 1);
  ctx.fillStyle = palette.halo;
  ctx.fillRect(x - width / 2 - 1, y - 1, width + 2, 6);
  if (site.stands > 8) {
    const lost = width * Math.min(hits / site.stands, 1);
    ctx.fillStyle = faded(palette.side.friend, 0.85);
    ctx.fillRect(x - width / 2 + lost, y, width - lost, 4);
    ctx.fillStyle = palette.leak;
    ctx.fillRect(x - width / 2, y, lost, 4);
    return;
  }
  for (let i = 0; i < site.stands; i++) {
    ctx.fillStyle = i < hits ? palette.leak : faded(palette.side.friend, 0.85);
    ctx.fillRect(x - width / 2 + i * cell + 0.5, y, cell - 1, 4);
  }
}

function struck(ctx: CanvasRenderingContext2D, x: number, y: number, r: number, palette: Palette): void {
  for (const [colour, width] of [[palette.halo, 5], [palette.leak, 2.5]] as const) {
    ctx.beginPath();
    ctx.moveTo(x - r, y - r);
    ctx.lineTo(x + r, y + r);
    ctx.moveTo(x + r, y - r);
    ctx.lineTo(x - r, y + r);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}
