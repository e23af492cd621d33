// What lies under a pixel: a head, a cluster, a site.

import type { Theatre } from "./draw/theatre";
import type { Selection } from "./state";

const REACH_PX = 16;

export function pick(theatre: Theatre, x: number, y: number): Selection | { zoomTo: [number, number] } {
  let best = REACH_PX;
  let found: Selection | { zoomTo: [number, number] } = null;
  const clustered = new Set(theatre.clusters.flatMap((cluster) => cluster.members));
  for (const head of theatre.heads) {
    const away = Math.hypot(head.x - x, head.y - y);
    if (away < best && !clustered.has(head)) {
      best = away;
      // An object that is tracked is chosen as itself: its card shows both.
      found = head.what === "track" && head.other >= 0
        ? { what: "object", index: head.other }
        : { what: head.what, index: head.index };
    }
  }
  for (const { x: cx, y: cy } of theatre.clusters) {
    const away = Math.hypot(cx - x, cy - y);
    if (away < Math.min(best, 13)) {
      best = away;
      found = { zoomTo: [cx, cy] };
    }
  }
  for (const site of theatre.sites) {
    if (!theatre.camera.sees(...site.at)) continue;
    const away = Math.hypot(theatre.camera.x - x, theatre.camera.y - y);
    if (away < best) {
      best = away;
      found = { what: site.what, index: site.index };
    }
  }
  return found;
}
