// What is selected: its whole way, where it was first seen and first shot at, and a ring.

import type { Camera } from "../earth/camera";
import type { Vector } from "../earth/geodesy";
import type { Scene } from "../scene/scene";
import type { Selection, State } from "../state";
import type { Head } from "./heads";
import type { Label } from "./labels";
import type { Palette } from "./palette";
import type { Site } from "./sites";
import { drawWay } from "./trails";

/** The object and the track that a selection is about; −1: none. */
export function pairOf(scene: Scene, selection: Selection, time_s: number): { object: number; track: number } {
  if (selection?.what === "object") {
    return { object: selection.index, track: scene.story.trackOfObject(selection.index, time_s) };
  }
  if (selection?.what === "track") {
    return { object: scene.story.objectOfTrack(selection.index, time_s), track: selection.index };
  }
  return { object: -1, track: -1 };
}

export function drawChosen(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, state: State, heads: Head[], sites: Site[],
  palette: Palette, labels: Label[],
): void {
  const { selection, time_s, layers } = state;
  if (!selection) return;
  const { object, track } = pairOf(scene, selection, time_s);
  drawTracksOf(ctx, scene, camera, state, object, palette);
  if (object >= 0) {
    if (layers.truth) drawWay(ctx, camera, scene.truth, object, 0, time_s, palette.text, [2, 4]);
    drawFirsts(ctx, scene, camera, object, time_s, palette, labels);
  }
  const at = placeOf(scene, selection, object, track, heads, sites, time_s);
  if (at && camera.sees(...at)) aimMark(ctx, camera.x, camera.y, palette);
}

/** The ways of all tracks that an object has had, while it had them, in the colour of what it was last taken for. */
function drawTracksOf(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, state: State, object: number, palette: Palette,
): void {
  if (!state.layers.tracks || object < 0) return;
  for (const { track, from_s, to_s } of scene.story.matchesOfObject.get(object) ?? []) {
    const until_s = Math.min(state.time_s, to_s);
    if (from_s > state.time_s) continue;
    const piece = scene.tracks.pieceAt(track, until_s, 60);
    const side = piece < 0 ? "unknown" : scene.identity(scene.tracks.rowAt(piece, scene.instantAt(until_s)));
    drawWay(ctx, camera, scene.tracks, track, from_s, until_s, palette.side[side], []);
  }
}

function placeOf(
  scene: Scene, selection: NonNullable<Selection>, object: number, track: number, heads: Head[], sites: Site[], time_s: number,
): Vector | null {
  const head = heads.find((each) => each.what === selection.what && each.index === selection.index);
  if (head) return head.at;
  const site = sites.find((each) => each.what === selection.what && each.index === selection.index);
  return site?.at ?? scene.trackAt(track, time_s, 2) ?? (object >= 0 ? scene.objectAt(object, time_s) : null);
}

function drawFirsts(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, object: number, time_s: number, palette: Palette, labels: Label[],
): void {
  const seen_s = scene.story.firstSeen_s.get(object);
  const shot = scene.story.shots.find((each) => each.object === object);
  const marks: [number | undefined, string][] = [
    [seen_s, "first detected"],
    [shot?.from_s, "first shot"],
  ];
  for (const [when_s, words] of marks) {
    if (when_s === undefined || when_s > time_s) continue;
    const at = scene.objectAt(object, when_s);
    if (!at || !camera.sees(...at)) continue;
    ctx.beginPath();
    ctx.arc(camera.x, camera.y, 4, 0, 2 * Math.PI);
    ctx.fillStyle = palette.halo;
    ctx.fill();
    ctx.strokeStyle = palette.text;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    labels.push({ text: words, x: camera.x, y: camera.y, gap: 8, priority: 40, colour: palette.text });
  }
}

function aimMark(ctx: CanvasRenderingContext2D, x: number, y: number, palette: Palette): void {
  for (const [colour, width] of [[palette.halo, 4], [palette.text, 1.8]] as const) {
    ctx.beginPath();
    for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
      ctx.moveTo(x + sx * 16, y + sy * 9);
      ctx.lineTo(x + sx * 16, y + sy * 16);
      ctx.lineTo(x + sx * 9, y + sy * 16);
    }
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}
