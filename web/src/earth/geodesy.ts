// The WGS-84 ellipsoid and a frame of metres east, north and up at one place.

export const A_M = 6378137.0;
export const B_M = 6356752.314245;
const E2 = 1 - (B_M * B_M) / (A_M * A_M);
export const DEG = Math.PI / 180;

export type Vector = [number, number, number];

/** ECEF [m] of a place: latitude, longitude [rad], height [m]. */
export function ecef(lat: number, lon: number, height: number): Vector {
  const s = Math.sin(lat);
  const c = Math.cos(lat);
  const n = A_M / Math.sqrt(1 - E2 * s * s);
  return [(n + height) * c * Math.cos(lon), (n + height) * c * Math.sin(lon), (n * (1 - E2) + height) * s];
}

/** A local frame: x east, y north, z up, in metres from an origin on the ellipsoid. */
export class Frame {
  readonly origin: Vector;
  /** Rows are east, north and up, in ECEF. */
  readonly rows: [Vector, Vector, Vector];

  constructor(
    readonly lat_deg: number,
    readonly lon_deg: number,
  ) {
    const [lat, lon] = [lat_deg * DEG, lon_deg * DEG];
    const [sl, cl, so, co] = [Math.sin(lat), Math.cos(lat), Math.sin(lon), Math.cos(lon)];
    this.origin = ecef(lat, lon, 0);
    this.rows = [
      [-so, co, 0],
      [-sl * co, -sl * so, cl],
      [cl * co, cl * so, sl],
    ];
  }

  /** Metres east, north and up of a place given in degrees and metres. */
  local(lat_deg: number, lon_deg: number, height: number, out: Vector = [0, 0, 0]): Vector {
    const p = ecef(lat_deg * DEG, lon_deg * DEG, height);
    const x = p[0] - this.origin[0];
    const y = p[1] - this.origin[1];
    const z = p[2] - this.origin[2];
    for (let i = 0; i < 3; i++) {
      const row = this.rows[i]!;
      out[i] = row[0] * x + row[1] * y + row[2] * z;
    }
    return out;
  }

  /** Latitude, longitude [deg] and height [m] of a local position; Bowring's method. */
  geodetic(x: number, y: number, z: number): Vector {
    const [e, n, u] = this.rows;
    const px = this.origin[0] + e[0] * x + n[0] * y + u[0] * z;
    const py = this.origin[1] + e[1] * x + n[1] * y + u[1] * z;
    const pz = this.origin[2] + e[2] * x + n[2] * y + u[2] * z;
    const p = Math.hypot(px, py);
    const ep2 = (A_M * A_M - B_M * B_M) / (B_M * B_M);
    const theta = Math.atan2(pz * A_M, p * B_M);
    const lat = Math.atan2(
      pz + ep2 * B_M * Math.sin(theta) ** 3,
      p - E2 * A_M * Math.cos(theta) ** 3,
    );
    const s = Math.sin(lat);
    const normal = A_M / Math.sqrt(1 - E2 * s * s);
    const height = p * Math.cos(lat) + pz * s - (A_M * A_M) / normal;
    return [lat / DEG, Math.atan2(py, px) / DEG, height];
  }

  /** East, north and up, in local axes, of the place that lies below a local position. */
  axesAt(lat_deg: number, lon_deg: number): [Vector, Vector, Vector] {
    return new Frame(lat_deg, lon_deg).rows.map((v) =>
      this.rows.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]),
    ) as [Vector, Vector, Vector];
  }
}

/** Distance [m] along the ground between two places, to a part in 300 (a sphere). */
export function groundDistance(a: readonly number[], b: readonly number[]): number {
  const [la, lb] = [a[0]! * DEG, b[0]! * DEG];
  const h =
    Math.sin((lb - la) / 2) ** 2 +
    Math.cos(la) * Math.cos(lb) * Math.sin(((b[1]! - a[1]!) * DEG) / 2) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}
