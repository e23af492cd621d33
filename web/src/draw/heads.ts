// Who is in the picture now and where on the screen: tracks, and objects that have none.

import type { Camera } from "../earth/camera";
import type { Vector } from "../earth/geodesy";
import type { Scene, Side } from "../scene/scene";
import type { State } from "../state";
import { iconOf, type Style } from "./shapes";

export interface Head {
  what: "object" | "track";
  index: number;
  piece: number;
  row: number;
  side: Side;
  style: Style;
  icon: string;
  /** On the screen, and in local metres. */
  x: number;
  y: number;
  at: Vector;
  /** Whom a track is taken for, or by which track an object is followed; −1: none. */
  other: number;
  priority: number;
}

const PRIORITY: Record<Side, number> = { hostile: 3, unknown: 2, friend: 1, civil: 0 };

/** Heads in view, those that matter most last, so that they lie on top. */
export function headsOf(scene: Scene, camera: Camera, state: State): Head[] {
  const { layers, time_s } = state;
  const k = scene.instantAt(time_s);
  const found: Head[] = [];
  if (layers.tracks) tracks(scene, camera, state, k, found);
  if (layers.truth) objects(scene, camera, state, k, found);
  const chosen = state.selection;
  for (const head of found) {
    if (chosen && chosen.what === head.what && chosen.index === head.index) head.priority += 10;
  }
  return found.sort((a, b) => a.priority - b.priority);
}

function tracks(scene: Scene, camera: Camera, state: State, k: number, found: Head[]): void {
  const { tracks, story, header } = scene;
  const { layers, time_s } = state;
  for (let piece = 0; piece < tracks.count; piece++) {
    if (time_s < tracks.first_s(piece) || time_s >= tracks.last_s(piece) + 2) continue;
    const row = tracks.rowAt(piece, k);
    const index = tracks.pieces.owner[piece]!;
    if (scene.status(row) === "tentative" && !layers.tentative) continue;
    const side = scene.identity(row);
    if (side === "civil" && !layers.civil) continue;
    const at = tracks.at(piece, time_s, k, [0, 0, 0]);
    if (!camera.sees(...at)) continue;
    const other = story.objectOfTrack(index, time_s);
    const icon = other >= 0 && layers.truth ? iconOf(kindOf(header, other)) : "air";
    const style: Style = other >= 0 ? "filled" : "broken";
    const priority = PRIORITY[side] + 0.5;
    found.push({ what: "track", index, piece, row, side, style, icon, x: camera.x, y: camera.y, at, other, priority });
  }
}

function objects(scene: Scene, camera: Camera, state: State, k: number, found: Head[]): void {
  const { truth, story, header, sides } = scene;
  const { layers, time_s } = state;
  for (let piece = 0; piece < truth.count; piece++) {
    if (time_s < truth.first_s(piece) || time_s > truth.last_s(piece) + 4) continue;
    const index = truth.pieces.owner[piece]!;
    if (time_s > scene.endOf(index, piece)) continue;
    const side = sides[index]!;
    if (side === "civil" && !layers.civil) continue;
    const other = story.trackOfObject(index, time_s);
    // Followed, it shows as its track; the card and the lines between them tell the two apart.
    if (other >= 0 && layers.tracks && scene.tracks.pieceAt(other, time_s, 2) >= 0) continue;
    const at = truth.at(piece, time_s, k, [0, 0, 0]);
    if (!camera.sees(...at)) continue;
    const style: Style = other >= 0 ? "filled" : "hollow";
    const row = truth.rowAt(piece, k);
    const icon = iconOf(kindOf(header, index));
    const priority = PRIORITY[side];
    found.push({ what: "object", index, piece, row, side, style, icon, x: camera.x, y: camera.y, at, other, priority });
  }
}

function kindOf(header: Scene["header"], object: number): string {
  return header.truth.kinds[header.truth.kind[object]!] ?? "";
}
