// How far the tracks of an object were from it, beside how far they thought they might be.

import { DEG } from "../earth/geodesy";
import type { Scene } from "./scene";

/** One instant at which an object was tracked. */
export interface Miss {
  track: number;
  time_s: number;
  error_m: number;
  /** Root of the sum of the variances of three axes: what the error is expected to be. */
  claimed_m: number;
}

/** Instants at which an object was tracked, track by track in order of time; gaps are where it was not. */
export function missesOf(scene: Scene, object: number): Miss[] {
  const found: Miss[] = [];
  for (const { track, from_s, to_s } of scene.story.matchesOfObject.get(object) ?? []) {
    for (const piece of scene.tracks.piecesOf[track] ?? []) {
      const start = scene.tracks.starts[piece]!;
      for (let row = start; row < scene.tracks.starts[piece + 1]!; row++) {
        const k = scene.tracks.pieces.first[piece]! + row - start;
        const time_s = scene.instants[k]!;
        if (time_s < from_s || time_s >= to_s) continue;
        const error_m = errorAt(scene, object, row, k);
        if (error_m === null) continue;
        const { major_m, minor_m, up_m } = scene.belief(piece, row);
        found.push({ track, time_s, error_m, claimed_m: Math.hypot(major_m, minor_m, up_m) });
      }
    }
  }
  return found.sort((a, b) => a.track - b.track || a.time_s - b.time_s);
}

/** Distance [m] in space of a sample of a track from an object at the same instant; null: it is not there. */
export function errorAt(scene: Scene, object: number, row: number, k: number): number | null {
  const piece = scene.truth.pieceAt(object, scene.instants[k]!);
  if (piece < 0) return null;
  const a = scene.tracks.placeOf(row);
  const b = scene.truth.placeOf(scene.truth.rowAt(piece, k));
  const north = (a[0] - b[0]) * 110_900;
  const turn = ((a[1] - b[1] + 540) % 360) - 180;
  return Math.hypot(north, turn * 111_320 * Math.cos(b[0] * DEG), a[2] - b[2]);
}
