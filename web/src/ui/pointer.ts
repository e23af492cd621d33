// Mouse, pen and fingers: drag moves, a second finger or the right button turns, a click selects.

import type { Camera } from "../earth/camera";

export interface PointerActions {
  changed: () => void;
  pick: (x: number, y: number) => void;
  hover: (x: number, y: number) => void;
}

const CLICK_PX = 5;

export function listen(canvas: HTMLElement, camera: Camera, actions: PointerActions): void {
  const down = new Map<number, { x: number; y: number }>();
  let grabbed: [number, number] | null = null;
  let moved = 0;

  const at = (event: MouseEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    const place = at(event);
    down.set(event.pointerId, place);
    moved = 0;
    grabbed = camera.placeAt(place.x, place.y);
  });

  canvas.addEventListener("pointermove", (event) => {
    const last = down.get(event.pointerId);
    const now = at(event);
    if (!last) {
      actions.hover(now.x, now.y);
      return;
    }
    const [dx, dy] = [now.x - last.x, now.y - last.y];
    moved += Math.abs(dx) + Math.abs(dy);
    if (down.size === 2) pinch(camera, down, event.pointerId, now);
    else if (event.buttons === 2 || event.shiftKey || event.ctrlKey) turn(camera, dx, dy);
    else drag(camera, grabbed, now, dx, dy);
    down.set(event.pointerId, now);
    if (down.size === 2) grabbed = null;
    actions.changed();
  });

  const up = (event: PointerEvent): void => {
    const wasAlone = down.size === 1;
    if (!down.delete(event.pointerId)) return;
    if (event.type === "pointerup" && wasAlone && moved < CLICK_PX && event.button === 0) {
      const { x, y } = at(event);
      actions.pick(x, y);
    }
    const left = [...down.values()][0];
    if (left) grabbed = camera.placeAt(left.x, left.y);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = at(event);
    zoomAt(camera, Math.exp(Math.max(-1, Math.min(1, event.deltaY * 0.0016))), x, y);
    actions.changed();
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = at(event);
    zoomAt(camera, 0.5, x, y);
    actions.changed();
  });
}

/** Zooms so that the place under a pixel stays there. */
export function zoomAt(camera: Camera, factor: number, x: number, y: number): void {
  const before = camera.placeAt(x, y);
  camera.look({ range: camera.aim.range * factor });
  const after = camera.placeAt(x, y);
  if (before && after) hold(camera, before, after);
}

function drag(camera: Camera, grabbed: [number, number] | null, now: { x: number; y: number }, dx: number, dy: number): void {
  const here = camera.placeAt(now.x, now.y);
  if (grabbed && here) hold(camera, grabbed, here);
  else turn(camera, dx, dy);
}

function hold(camera: Camera, wanted: [number, number], found: [number, number]): void {
  const { lat, lon } = camera.aim;
  const step = (a: number, b: number): number => Math.max(-8, Math.min(8, a - b));
  const east = ((wanted[1] - found[1] + 540) % 360) - 180;
  camera.look({ lat: lat + step(wanted[0], found[0]), lon: lon + step(east, 0) });
}

function turn(camera: Camera, dx: number, dy: number): void {
  camera.look({ heading: camera.aim.heading + dx * 0.35, tilt: camera.aim.tilt - dy * 0.3 });
}

function pinch(camera: Camera, down: Map<number, { x: number; y: number }>, id: number, now: { x: number; y: number }): void {
  const other = [...down].find(([each]) => each !== id)![1];
  const last = down.get(id)!;
  const [before, after] = [angleOf(other, last), angleOf(other, now)];
  const factor = Math.hypot(last.x - other.x, last.y - other.y) / Math.max(Math.hypot(now.x - other.x, now.y - other.y), 20);
  zoomAt(camera, factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
  const turned = ((after - before + 540) % 360) - 180;
  camera.look({ heading: camera.aim.heading - turned, tilt: camera.aim.tilt - (now.y - last.y) * 0.12 });
}

function angleOf(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
}
