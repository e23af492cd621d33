import { describe, expect, it } from "vitest";
import { Camera } from "../src/earth/camera";
import { Frame } from "../src/earth/geodesy";
import { zoomAt } from "../src/ui/pointer";

const frame = new Frame(-27.4, -17.6);

function camera(aim = {}): Camera {
  const made = new Camera(frame, { lat: -27.4, lon: -17.6, range: 200e3, heading: 0, tilt: 0, ...aim });
  made.resize(800, 600);
  return made;
}

describe("a camera", () => {
  it("has the place it looks at in the middle", () => {
    for (const aim of [{}, { tilt: 60 }, { heading: 130, tilt: 35 }]) {
      const eye = camera(aim);
      expect(eye.sees(0, 0, 0)).toBe(true);
      expect(eye.x).toBeCloseTo(400, 6);
      expect(eye.y).toBeCloseTo(300, 6);
    }
  });

  it("has north above and east to the right in plan", () => {
    const eye = camera();
    eye.project(0, 10000, 0);
    expect(eye.y).toBeLessThan(300);
    eye.project(10000, 0, 0);
    expect(eye.x).toBeGreaterThan(400);
  });

  it("turns the map against its heading", () => {
    const eye = camera({ heading: 90 });
    eye.project(10000, 0, 0);
    expect(eye.x).toBeCloseTo(400, 3);
    expect(eye.y).toBeLessThan(300);
  });

  it("says how many metres a pixel spans", () => {
    const eye = camera();
    eye.project(eye.metres_px * 100, 0, 0);
    expect(eye.x - 400).toBeCloseTo(100, 0);
  });

  it("does not see through the Earth", () => {
    expect(camera().sees(...frame.local(27.4, 162.4, 0))).toBe(false);
  });

  it("finds the place under a pixel that it drew there", () => {
    const eye = camera({ tilt: 50, heading: 20 });
    eye.sees(...frame.local(-27.1, -17.2, 0));
    const [lat, lon] = eye.placeAt(eye.x, eye.y)!;
    expect(lat).toBeCloseTo(-27.1, 5);
    expect(lon).toBeCloseTo(-17.2, 5);
  });

  it("finds no place in the sky", () => {
    expect(camera({ tilt: 84 }).placeAt(400, 0)).toBeNull();
  });

  it("stays within its bounds", () => {
    const eye = camera();
    eye.look({ range: 1, tilt: 120, heading: -10, lat: 100 });
    expect(eye.aim).toMatchObject({ range: 3000, tilt: 84, heading: 350, lat: 89 });
  });

  it("keeps the place under the pointer when it zooms", () => {
    const eye = camera({ tilt: 30 });
    const before = eye.placeAt(600, 200)!;
    zoomAt(eye, 0.6, 600, 200);
    const after = eye.placeAt(600, 200)!;
    expect(after[0]).toBeCloseTo(before[0], 1);
    expect(after[1]).toBeCloseTo(before[1], 1);
  });
});
