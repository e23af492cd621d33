import { describe, expect, it } from "vitest";
import type { Camera } from "../src/earth/camera";
import type { Scene } from "../src/scene/scene";
import type { Site } from "../src/draw/sites";
import { State } from "../src/state";
import { fragmentOf, momentOf } from "../src/ui/link";

const scene = {
  start_s: 0, end_s: 1500,
  header: { truth: { names: ["cruise[0]", "cruise[1]"] }, tracks: { ids: [7, 9] } },
} as unknown as Scene;
const sites = [{ what: "asset", index: 0, name: "port" }] as unknown as Site[];
const camera = { aim: { lat: -27.4, lon: -17.6, range: 90000, heading: 20, tilt: 55 } } as unknown as Camera;

describe("a link to a moment", () => {
  it("comes back as the moment it was made of", () => {
    const state = new State();
    state.time_s = 300.5;
    state.selection = { what: "object", index: 1 };
    const fragment = fragmentOf(state, camera, scene, sites);
    expect(fragment).toContain("t=300.5&sel=object%3Acruise%5B1%5D&cam=");
    expect(momentOf(fragment, scene, sites)).toEqual({ time_s: 300.5, selection: state.selection, aim: camera.aim });
  });

  it("names tracks by number and sites by name", () => {
    expect(momentOf("#sel=track:9", scene, sites).selection).toEqual({ what: "track", index: 1 });
    expect(momentOf("#sel=asset:port", scene, sites).selection).toEqual({ what: "asset", index: 0 });
  });

  it("is heeded as far as it makes sense", () => {
    expect(momentOf("#t=soon&sel=object:nobody&cam=1,2,x,4,5", scene, sites)).toEqual({});
    expect(momentOf("#t=1e9", scene, sites)).toEqual({ time_s: 1500 });
    expect(momentOf("#t=-3", scene, sites)).toEqual({ time_s: 0 });
  });
});
