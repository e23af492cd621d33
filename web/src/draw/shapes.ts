// Marks of the four sides, drawn once into small pictures and then stamped.

import baked from "virtual:symbols";
import type { Side } from "../scene/scene";
import type { Palette } from "./palette";

/** Filled: tracked. Hollow: there, and not tracked. Broken: a track of nothing that is there. */
export type Style = "filled" | "hollow" | "broken";

export class Shapes {
  private readonly stamps = new Map<string, HTMLCanvasElement>();
  private readonly symbols = new Map<string, HTMLImageElement>();
  private readonly drawn = new Map<string, HTMLCanvasElement>();

  constructor(
    private readonly palette: Palette,
    private readonly ratio: number,
  ) {}

  /** Stamps the mark of a side, `size` pixels across. */
  stamp(ctx: CanvasRenderingContext2D, side: Side, style: Style, size: number, x: number, y: number): void {
    const key = `${side}${style}${size}`;
    let stamp = this.stamps.get(key);
    if (!stamp) this.stamps.set(key, (stamp = this.made(side, style, size)));
    const across = stamp.width / this.ratio;
    ctx.drawImage(stamp, snapped(x - across / 2, this.ratio), snapped(y - across / 2, this.ratio), across, across);
  }

  private made(side: Side, style: Style, size: number): HTMLCanvasElement {
    const [canvas, ctx] = sheet(size + 6, size + 6, this.ratio);
    ctx.translate((size + 6) / 2, (size + 6) / 2);
    const colour = this.palette.side[side];
    outline(ctx, side, size / 2);
    if (style === "filled") {
      ctx.fillStyle = colour;
      ctx.strokeStyle = this.palette.halo;
      ctx.lineWidth = 2;
      ctx.stroke();
      ctx.fill();
    } else {
      ctx.fillStyle = this.palette.halo;
      ctx.fill();
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.6;
      if (style === "broken") ctx.setLineDash([2, 2]);
      ctx.stroke();
    }
    return canvas;
  }

  /** Draws an APP-6 symbol, about `size` pixels wide; false until its picture is there. */
  symbol(ctx: CanvasRenderingContext2D, side: Side, icon: string, size: number, x: number, y: number): boolean {
    const key = `${side}:${icon}`;
    const about = baked[key];
    if (!about) return false;
    const scaled = `${key}@${size}`;
    let picture = this.drawn.get(scaled);
    if (!picture) {
      const image = this.image(key, about.svg);
      if (!image.complete || image.naturalWidth === 0) return false;
      const scale = size / 56;
      const [canvas, inner] = sheet(about.width * scale, about.height * scale, this.ratio);
      inner.drawImage(image, 0, 0, about.width * scale, about.height * scale);
      this.drawn.set(scaled, (picture = canvas));
    }
    const scale = size / 56;
    ctx.drawImage(
      picture,
      snapped(x - about.x * scale, this.ratio),
      snapped(y - about.y * scale, this.ratio),
      picture.width / this.ratio,
      picture.height / this.ratio,
    );
    return true;
  }

  private image(key: string, svg: string): HTMLImageElement {
    let image = this.symbols.get(key);
    if (!image) {
      image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
      this.symbols.set(key, image);
    }
    return image;
  }
}

/** Traces a diamond, a circle, a square or a clover of a radius, around the origin. */
export function outline(ctx: CanvasRenderingContext2D, side: Side, radius: number): void {
  ctx.beginPath();
  if (side === "hostile") {
    const r = radius * 1.15;
    ctx.moveTo(0, -r);
    ctx.lineTo(r, 0);
    ctx.lineTo(0, r);
    ctx.lineTo(-r, 0);
    ctx.closePath();
  } else if (side === "friend") {
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
  } else if (side === "civil") {
    ctx.rect(-radius * 0.9, -radius * 0.9, radius * 1.8, radius * 1.8);
  } else {
    const r = radius * 0.58;
    for (let k = 0; k < 4; k++) {
      const towards = (k * Math.PI) / 2 - Math.PI / 2;
      const [x, y] = [Math.cos(towards) * r, Math.sin(towards) * r];
      ctx.arc(x, y, r, towards - Math.PI / 2 - 0.3, towards + Math.PI / 2 + 0.3);
    }
    ctx.closePath();
  }
}

function sheet(width: number, height: number, ratio: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width * ratio));
  canvas.height = Math.max(1, Math.ceil(height * ratio));
  const ctx = canvas.getContext("2d")!;
  ctx.scale(ratio, ratio);
  return [canvas, ctx];
}

function snapped(value: number, ratio: number): number {
  return Math.round(value * ratio) / ratio;
}

const ICONS: [RegExp, string][] = [
  [/fighter/, "fighter"],
  [/bomber/, "bomber"],
  [/jammer/, "jammer"],
  [/drone|uav|decoy/, "uav"],
  [/missile|brm|rbm/, "missile"],
  [/airliner|light-aircraft|recorded/, "civil"],
  [/aew|warning/, "warning"],
];

/** The icon of a class of the catalogue. */
export function iconOf(kind: string): string {
  return ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? "fixed";
}

const PLACES: [RegExp, string][] = [
  [/power|plant|energy/, "power"],
  [/port|harbour|harbor|naval/, "port"],
  [/air|runway|field/, "airport"],
];

/** The icon of an asset, read off its name. */
export function iconOfAsset(name: string): string {
  if (/airport/.test(name)) return "airport";
  return PLACES.find(([pattern]) => pattern.test(name))?.[1] ?? "place";
}
