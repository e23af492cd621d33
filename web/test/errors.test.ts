import { describe, expect, it } from "vitest";
import { missesOf } from "../src/scene/errors";
import { Flights } from "../src/scene/flights";
import type { Scene } from "../src/scene/scene";

/** Flights of one owner, from places in degrees and metres; a step of 1e-5 degrees and 1 m. */
function flights(first: number, places: [number, number, number][]): Flights {
  const made = Object.create(Flights.prototype) as Flights;
  const column = (i: number, step: number): Int32Array => Int32Array.from(places, (place) => Math.round(place[i]! / step));
  return Object.assign(made, {
    count: 1, starts: Int32Array.of(0, places.length), step: [1e-5, 1], piecesOf: [[0]],
    pieces: { owner: [0], first: [first], length: [places.length] },
    lat: column(0, 1e-5), lon: column(1, 1e-5), height: column(2, 1),
    instants: Float64Array.of(1, 3, 5, 7),
  });
}

const scene = {
  instants: Float64Array.of(1, 3, 5, 7),
  truth: flights(0, [[0, 0, 1000], [0, 0.01, 1000], [0, 0.02, 1000], [0, 0.03, 1000]]),
  tracks: flights(1, [[0, 0.01, 1300], [0.00361, 0.02, 1300], [0, 0.03, 1000]]),
  story: { matchesOfObject: new Map([[0, [{ object: 0, track: 0, from_s: 3, to_s: 7 }]]]) },
  belief: () => ({ major_m: 300, minor_m: 400, up_m: 1200, bearing_deg: 0, hostile: null }),
} as unknown as Scene;

describe("errors of tracks", () => {
  it("are distances in space, while the track is taken for the object", () => {
    const found = missesOf(scene, 0);
    expect(found.map((miss) => miss.time_s)).toEqual([3, 5]);
    expect(found[0]!.error_m).toBeCloseTo(300, 6);
    // 400 m north and 300 m up.
    expect(found[1]!.error_m).toBeCloseTo(500, 0);
  });

  it("stand beside what three axes together let expect", () => {
    expect(missesOf(scene, 0)[0]!.claimed_m).toBe(1300);
  });

  it("are none for who was never tracked", () => {
    expect(missesOf(scene, 7)).toEqual([]);
  });
});
