import { describe, expect, it } from "vitest";
import { A_M, B_M, DEG, Frame, ecef, groundDistance } from "../src/earth/geodesy";
import { Horizon } from "../src/earth/horizon";

describe("the ellipsoid", () => {
  it("has its half axes at equator and pole", () => {
    expect(ecef(0, 0, 0)[0]).toBeCloseTo(A_M, 6);
    expect(ecef(90 * DEG, 0, 0)[2]).toBeCloseTo(B_M, 6);
  });

  it("agrees with published coordinates", () => {
    // Latitude 45, longitude 90, height 1000 m; as pyproj 3 has it, EPSG:4979 to EPSG:4978.
    const [x, y, z] = ecef(45 * DEG, 90 * DEG, 1000);
    expect(x).toBeCloseTo(0, 3);
    expect(y).toBeCloseTo(4518297.986, 2);
    expect(z).toBeCloseTo(4488055.516, 2);
  });
});

describe("a frame", () => {
  const frame = new Frame(-27.4, -17.6);

  it("has its origin at zero and up upwards", () => {
    for (const value of frame.local(-27.4, -17.6, 0)) expect(value).toBeCloseTo(0, 6);
    expect(frame.local(-27.4, -17.6, 5000)[2]).toBeCloseTo(5000, 6);
  });

  it("comes back to the place it left", () => {
    const places: [number, number, number][] = [[-30, -25, 300000], [0, 0, 50], [60, 170, 12000]];
    for (const place of places) {
      const back = frame.geodetic(...frame.local(...place));
      expect(back[0]).toBeCloseTo(place[0], 6);
      expect(back[1]).toBeCloseTo(place[1], 6);
      // One step of Bowring's method is good to a metre at a hundredth of the Earth's radius.
      expect(Math.abs(back[2] - place[2])).toBeLessThan(2);
    }
  });

  it("sinks below its plane as the Earth curves", () => {
    const [x, y, z] = frame.local(-27.4, -16.6, 0);
    expect(z).toBeCloseTo(-((x * x + y * y) / (2 * 6.38e6)), -2);
  });
});

describe("distances on the ground", () => {
  it("are a sixtieth of a degree a nautical mile", () => {
    expect(groundDistance([10, 20], [11, 20]) / 1852).toBeCloseTo(60.04, 1);
  });
});

describe("the horizon", () => {
  const frame = new Frame(0, 0);
  const horizon = new Horizon(frame);
  const height = 10000;
  horizon.lookFrom(0, 0, height);
  const dip = Math.acos(A_M / (A_M + height)) / DEG;

  it("hides what lies on the ground past it, and nothing before it", () => {
    expect(horizon.hides(...frame.local(0, dip - 0.01, 0))).toBe(false);
    expect(horizon.hides(...frame.local(0, dip + 0.01, 0))).toBe(true);
  });

  it("leaves what stands high enough behind it", () => {
    // The same way again to the far side, and as high.
    expect(horizon.hides(...frame.local(0, 2 * dip, height + 10))).toBe(false);
    expect(horizon.hides(...frame.local(0, 2 * dip, height - 10))).toBe(true);
  });

  it("hides the other side of the world, however high", () => {
    expect(horizon.hides(...frame.local(0, 180, 2e6))).toBe(true);
  });

  it("touches the ground all round at its limb", () => {
    for (const point of horizon.limb(8)) {
      const [lat, lon, up] = frame.geodetic(...point);
      expect(Math.abs(up)).toBeLessThan(1);
      expect(Math.hypot(lat, lon)).toBeCloseTo(dip, 1);
    }
  });
});
