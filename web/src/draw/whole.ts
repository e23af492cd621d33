// A view of what matters in a run: what is defended, and where most of the raid flies.

import { DEG } from "../earth/geodesy";
import type { Scene } from "../scene/scene";

/** A box on the ground: its middle [deg] and its sides [m]. */
export interface Box {
  lat: number;
  lon: number;
  wide_m: number;
  tall_m: number;
}

const AROUND_DEG = 0.35;
const LEFT_OUT = 0.12; // of the samples, at either end: what comes from very far

export function wholeOf(scene: Scene): Box {
  const lats: number[] = [];
  const lons: number[] = [];
  const { truth, sides, ground } = scene;
  for (let piece = 0; piece < truth.count; piece++) {
    if (sides[truth.pieces.owner[piece]!] !== "hostile") continue;
    for (let row = truth.starts[piece]!; row < truth.starts[piece + 1]!; row += 7) {
      const [lat, lon] = truth.placeOf(row);
      lats.push(lat);
      lons.push(beside(scene, lon));
    }
  }
  let [south, north] = inner(lats);
  let [west, east] = inner(lons);
  for (const { place } of [...(ground.assets ?? []), ...(ground.blocks ?? [])]) {
    const wide = AROUND_DEG / Math.cos(place[0] * DEG);
    [south, north] = [Math.min(south, place[0] - AROUND_DEG), Math.max(north, place[0] + AROUND_DEG)];
    const lon = beside(scene, place[1]);
    [west, east] = [Math.min(west, lon - wide), Math.max(east, lon + wide)];
  }
  if (north < south) return { lat: scene.frame.lat_deg, lon: scene.frame.lon_deg, wide_m: 4e5, tall_m: 3e5 };
  const [lat, lon] = [(south + north) / 2, (west + east) / 2];
  return { lat, lon, wide_m: (east - west) * 111e3 * Math.cos(lat * DEG), tall_m: (north - south) * 111e3 };
}

/** A longitude within half a turn of the middle, so that none lies across the date line. */
function beside(scene: Scene, lon: number): number {
  return scene.frame.lon_deg + ((((lon - scene.frame.lon_deg) % 360) + 540) % 360) - 180;
}

function inner(values: number[]): [number, number] {
  if (!values.length) return [999, -999];
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))]!;
  return [at(LEFT_OUT), at(1 - LEFT_OUT)];
}
