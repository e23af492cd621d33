// Where track and truth have just parted: an object that is lost, a track that went over to another.

import type { Camera } from "../earth/camera";
import type { Scene } from "../scene/scene";
import type { Label } from "./labels";
import { faded, type Palette } from "./palette";

const TOLD_S = 8;
const LOST_S = 20;

export function drawLessons(
  ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, time_s: number, chosen: number, palette: Palette, labels: Label[],
): void {
  for (const { time_s: at_s, from, to } of scene.story.swaps) {
    if (at_s > time_s || time_s - at_s > TOLD_S) continue;
    const alpha = 1 - (0.8 * (time_s - at_s)) / TOLD_S;
    const [a, b] = [scene.objectAt(from, time_s), scene.objectAt(to, time_s)];
    if (!b || !camera.sees(...b)) continue;
    const [x, y] = [camera.x, camera.y];
    ctx.strokeStyle = faded(palette.side.unknown, alpha);
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    ctx.arc(x, y, 9, 0, 2 * Math.PI);
    if (a && camera.sees(...a)) {
      ctx.moveTo(camera.x, camera.y);
      ctx.lineTo(x, y);
    }
    ctx.stroke();
    // In a formation tracks go over all the time: named is only what one has asked for.
    if (chosen !== from && chosen !== to) continue;
    labels.push({ text: "track swapped", x, y, gap: 15, priority: 25, colour: palette.side.unknown });
  }
  for (const { object, to_s, track } of scene.story.matches) {
    if (to_s > time_s || time_s - to_s > LOST_S || scene.story.trackOfObject(object, time_s) >= 0) continue;
    const at = scene.objectAt(object, time_s, 0);
    if (!at || time_s > (scene.story.ends.get(object)?.time_s ?? Infinity) || !camera.sees(...at)) continue;
    labels.push({
      text: `lost by track ${scene.header.tracks.ids[track]}`, x: camera.x, y: camera.y, gap: 10, priority: 24, colour: palette.text,
    });
  }
}
