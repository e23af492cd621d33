// The picture in numbers: at each instant how many fly, are tracked, engaged, killed, leaked.

import type { Scene } from "./scene";

/** Threats that are doing each at each instant; killed, leaked and rounds count up. */
export interface Picture {
  time_s: Float64Array;
  flying: Uint16Array;
  tracked: Uint16Array;
  engaged: Uint16Array;
  killed: Uint16Array;
  leaked: Uint16Array;
  /** Confirmed tracks that are taken for nothing that is there. */
  alone: Uint16Array;
}

export type Count = Exclude<keyof Picture, "time_s">;

export function pictureOf(scene: Scene): Picture {
  const { instants, story, truth, sides } = scene;
  const n = instants.length;
  const fresh = (): Uint16Array => new Uint16Array(n);
  const picture: Picture = {
    time_s: instants, flying: fresh(), tracked: fresh(), engaged: fresh(), killed: fresh(), leaked: fresh(), alone: fresh(),
  };
  for (let piece = 0; piece < truth.count; piece++) {
    if (sides[truth.pieces.owner[piece]!] !== "hostile") continue;
    const first = truth.pieces.first[piece]!;
    for (let k = first; k < first + truth.pieces.length[piece]!; k++) picture.flying[k]!++;
  }
  const threats = [...sides.keys()].filter((object) => sides[object] === "hostile");
  for (const object of threats) {
    const held = (story.matchesOfObject.get(object) ?? []).map(({ from_s, to_s }) => [from_s, to_s] as const);
    add(picture.tracked, instants, held);
    const shots = story.shots.filter((shot) => shot.object === object);
    add(picture.engaged, instants, shots.map(({ from_s, to_s }) => [from_s, to_s] as const));
  }
  for (const [object, { time_s, how }] of story.ends) {
    if (sides[object] !== "hostile" || how === "turned away") continue;
    const counts = how === "killed" ? picture.killed : picture.leaked;
    // What ends after the last sample is counted with it.
    for (let k = n - 1; k >= 0 && (k === n - 1 || instants[k]! >= time_s); k--) counts[k]!++;
  }
  countAlone(scene, picture.alone);
  return picture;
}

/** Counts one at each instant that lies in any of the intervals. */
function add(counts: Uint16Array, instants: Float64Array, intervals: (readonly [number, number])[]): void {
  if (!intervals.length) return;
  for (let k = 0; k < instants.length; k++) {
    if (intervals.some(([from_s, to_s]) => from_s <= instants[k]! && instants[k]! < to_s)) counts[k]!++;
  }
}

function countAlone(scene: Scene, counts: Uint16Array): void {
  const { tracks, instants, story } = scene;
  for (let piece = 0; piece < tracks.count; piece++) {
    const owner = tracks.pieces.owner[piece]!;
    if (scene.confirmedFrom[owner]! < 0) continue;
    const matches = story.matchesOfTrack.get(owner) ?? [];
    for (let nth = 0; nth < tracks.pieces.length[piece]!; nth++) {
      if (scene.status(tracks.starts[piece]! + nth) === "tentative") continue;
      const k = tracks.pieces.first[piece]! + nth;
      const time_s = instants[k]!;
      if (!matches.some((match) => match.from_s <= time_s && time_s < match.to_s)) counts[k]!++;
    }
  }
}

/** Rounds of each type that each group of launchers has left at a time. */
export interface Magazine {
  group: string;
  type: string;
  loaded: number;
  fired_s: number[];
}

export function magazinesOf(scene: Scene): Magazine[] {
  const found = new Map<string, Magazine>();
  const key = (group: string, type: string): string => `${group} ${type}`;
  for (const launcher of scene.ground.launchers ?? []) {
    for (const { name, count } of launcher.rounds) {
      const group = launcher.block;
      const held = found.get(key(group, name));
      if (held) held.loaded += count;
      else found.set(key(group, name), { group, type: name, loaded: count, fired_s: [] });
    }
  }
  for (const { unit, type, from_s } of scene.story.shots) {
    found.get(key(unit.split("/")[0]!, type))?.fired_s.push(from_s);
  }
  return [...found.values()];
}

export function leftAt({ loaded, fired_s }: Magazine, time_s: number): number {
  let fired = 0;
  while (fired < fired_s.length && fired_s[fired]! <= time_s) fired++;
  return loaded - fired;
}
