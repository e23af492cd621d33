// A moment as the end of an address: `#t=300.0&sel=object:cruise[3]&cam=…`.

import type { Aim, Camera } from "../earth/camera";
import type { Site } from "../draw/sites";
import type { Scene } from "../scene/scene";
import type { Selection, State } from "../state";

export function fragmentOf(state: State, camera: Camera, scene: Scene, sites: Site[]): string {
  const { lat, lon, range, heading, tilt } = camera.aim;
  const view = [+lat.toFixed(4), +lon.toFixed(4), Math.round(range), +heading.toFixed(1), +tilt.toFixed(1)];
  const parts = [`t=${state.time_s.toFixed(1)}`];
  const chosen = nameOf(state.selection, scene, sites);
  if (chosen) parts.push(`sel=${encodeURIComponent(chosen)}`);
  parts.push(`cam=${view.join(",")}`);
  return `#${parts.join("&")}`;
}

export interface Moment {
  time_s?: number;
  selection?: Selection;
  aim?: Aim;
}

/** What a fragment says; what it says wrongly is left out. */
export function momentOf(fragment: string, scene: Scene, sites: Site[]): Moment {
  const found = new URLSearchParams(fragment.replace(/^#/, ""));
  const moment: Moment = {};
  const time_s = Number(found.get("t"));
  if (found.has("t") && Number.isFinite(time_s)) moment.time_s = Math.min(Math.max(time_s, scene.start_s), scene.end_s);
  const selection = selectionOf(found.get("sel") ?? "", scene, sites);
  if (selection) moment.selection = selection;
  const numbers = (found.get("cam") ?? "").split(",").map(Number);
  if (numbers.length === 5 && numbers.every(Number.isFinite)) {
    const [lat, lon, range, heading, tilt] = numbers as [number, number, number, number, number];
    moment.aim = { lat, lon, range, heading, tilt };
  }
  return moment;
}

function nameOf(selection: Selection, scene: Scene, sites: Site[]): string {
  if (!selection) return "";
  const { what, index } = selection;
  if (what === "object") return `object:${scene.header.truth.names[index]}`;
  if (what === "track") return `track:${scene.header.tracks.ids[index]}`;
  return `${what}:${sites.find((site) => site.what === what && site.index === index)?.name ?? ""}`;
}

function selectionOf(text: string, scene: Scene, sites: Site[]): Selection {
  const [what, ...rest] = text.split(":");
  const name = rest.join(":");
  if (what === "object") {
    const index = scene.header.truth.names.indexOf(name);
    return index < 0 ? null : { what, index };
  }
  if (what === "track") {
    const index = scene.header.tracks.ids.indexOf(Number(name));
    return index < 0 ? null : { what, index };
  }
  const site = sites.find((each) => each.what === what && each.name === name);
  return site ? { what: site.what, index: site.index } : null;
}
