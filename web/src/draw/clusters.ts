// Heads of one side and style that crowd together: one badge with their number, each still a dot.

import type { Side } from "../scene/scene";
import type { Head } from "./heads";
import type { Style } from "./shapes";

export interface Cluster {
  side: Side;
  style: Style;
  x: number;
  y: number;
  members: Head[];
}

const RADIUS = 26;
const LEAST = 5;

/** Clusters, and the heads that stand alone. Seeds are taken in a fixed order, so that they stay. */
export function clustered(heads: Head[]): { clusters: Cluster[]; single: Head[] } {
  const grid = new Map<number, Head[]>();
  for (const head of heads) {
    const cell = cellOf(head.x, head.y);
    const list = grid.get(cell);
    if (list) list.push(head);
    else grid.set(cell, [head]);
  }
  const taken = new Set<Head>();
  const clusters: Cluster[] = [];
  const order = heads.filter((head) => head.priority < 10).sort((a, b) => a.index - b.index);
  for (const seed of order) {
    if (taken.has(seed)) continue;
    const members = around(grid, seed).filter((head) => !taken.has(head));
    if (members.length < LEAST) continue;
    for (const member of members) taken.add(member);
    const [x, y] = [mean(members, "x"), mean(members, "y")];
    clusters.push({ side: seed.side, style: seed.style, x, y, members });
  }
  return { clusters, single: heads.filter((head) => !taken.has(head)) };
}

function around(grid: Map<number, Head[]>, seed: Head): Head[] {
  const found: Head[] = [];
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const head of grid.get(cellOf(seed.x + dx * RADIUS, seed.y + dy * RADIUS)) ?? []) {
        if (head.side !== seed.side || head.style !== seed.style || head.priority >= 10) continue;
        if (Math.hypot(head.x - seed.x, head.y - seed.y) <= RADIUS) found.push(head);
      }
    }
  }
  return found;
}

function cellOf(x: number, y: number): number {
  return Math.floor(x / RADIUS) * 4096 + Math.floor(y / RADIUS);
}

function mean(heads: Head[], key: "x" | "y"): number {
  return heads.reduce((sum, head) => sum + head[key], 0) / heads.length;
}
