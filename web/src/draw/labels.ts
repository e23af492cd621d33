// Names beside what they name, those that matter first, and none over another.

import type { Palette } from "./palette";

export interface Label {
  text: string;
  x: number;
  y: number;
  gap: number;
  priority: number;
  colour: string;
  strong?: boolean;
}

const CELL = 8;
const MOST = 90;
const FONT = "11px system-ui, sans-serif";

export class Labels {
  private readonly widths = new Map<string, number>();

  /** Draws what finds room; `marks` are places, with half their size, that stay free of names. */
  draw(
    ctx: CanvasRenderingContext2D, labels: Label[], marks: { x: number; y: number; half: number }[],
    width: number, height: number, palette: Palette,
  ): void {
    const columns = Math.ceil(width / CELL);
    const rows = Math.ceil(height / CELL);
    const full = new Uint8Array(columns * rows);
    for (const { x, y, half } of marks) cover(full, columns, rows, x, y, half);
    ctx.font = FONT;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    labels.sort((a, b) => b.priority - a.priority);
    let drawn = 0;
    for (const label of labels) {
      if (drawn >= MOST) break;
      const across = this.width(ctx, label.text);
      const at = placeFor(label, across, full, columns, rows);
      if (!at) continue;
      drawn++;
      ctx.strokeStyle = palette.halo;
      ctx.strokeText(label.text, at[0], at[1]);
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, at[0], at[1]);
    }
  }

  private width(ctx: CanvasRenderingContext2D, text: string): number {
    // Digits are equally wide, so that a text that counts up is measured once.
    const key = text.replace(/\d/g, "0");
    let width = this.widths.get(key);
    if (width === undefined) this.widths.set(key, (width = ctx.measureText(key).width));
    return width;
  }
}

function cover(full: Uint8Array, columns: number, rows: number, x: number, y: number, half: number): void {
  const c0 = Math.max(0, Math.floor((x - half) / CELL));
  const c1 = Math.min(columns - 1, Math.floor((x + half) / CELL));
  const r1 = Math.min(rows - 1, Math.floor((y + half) / CELL));
  for (let r = Math.max(0, Math.floor((y - half) / CELL)); r <= r1 && c1 >= c0; r++) {
    full.fill(1, r * columns + c0, r * columns + c1 + 1);
  }
}

/** The first free place of four around a point, which it takes. */
function placeFor(
  label: Label, across: number, full: Uint8Array, columns: number, rows: number,
): [number, number] | null {
  const { x, y, gap } = label;
  const places: [number, number][] = [
    [x + gap, y],
    [x - gap - across, y],
    [x - across / 2, y - gap - 7],
    [x - across / 2, y + gap + 7],
  ];
  for (const [left, middle] of places) {
    const c0 = Math.floor(left / CELL);
    const c1 = Math.floor((left + across) / CELL);
    const r0 = Math.floor((middle - 7) / CELL);
    const r1 = Math.floor((middle + 6) / CELL);
    if (c0 < 0 || r0 < 0 || c1 >= columns || r1 >= rows) continue;
    if (!isFree(full, columns, c0, c1, r0, r1)) continue;
    for (let r = r0; r <= r1; r++) full.fill(1, r * columns + c0, r * columns + c1 + 1);
    return [left, middle];
  }
  return null;
}

function isFree(full: Uint8Array, columns: number, c0: number, c1: number, r0: number, r1: number): boolean {
  for (let r = r0; r <= r1; r++) {
    for (let c = c0; c <= c1; c++) if (full[r * columns + c]) return false;
  }
  return true;
}
