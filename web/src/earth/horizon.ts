// What the Earth hides from an eye, exactly for the ellipsoid: in a space where it is a unit ball.

import { A_M, B_M, type Frame, type Vector } from "./geodesy";

export class Horizon {
  /** Local metres to the scaled space: rows of a matrix, and an offset. */
  private readonly matrix: [Vector, Vector, Vector];
  private readonly offset: Vector;
  private eye: Vector = [0, 0, 2];
  private eye2 = 3; // |eye|² − 1
  /** A point is before the horizon's plane where n·p + d ≥ 0. */
  nx = 0;
  ny = 0;
  nz = 0;
  d = 0;

  constructor(frame: Frame) {
    const scale = [1 / A_M, 1 / A_M, 1 / B_M];
    const [e, n, u] = frame.rows;
    this.matrix = [0, 1, 2].map((i) => [e[i]! * scale[i]!, n[i]! * scale[i]!, u[i]! * scale[i]!]) as [
      Vector,
      Vector,
      Vector,
    ];
    this.offset = frame.origin.map((value, i) => value * scale[i]!) as Vector;
  }

  scaled(x: number, y: number, z: number): Vector {
    return this.matrix.map((row, i) => row[0] * x + row[1] * y + row[2] * z + this.offset[i]!) as Vector;
  }

  /** Looks from an eye in local metres, outside the Earth. */
  lookFrom(x: number, y: number, z: number): void {
    const v = this.scaled(x, y, z);
    this.eye = v;
    this.eye2 = v[0] * v[0] + v[1] * v[1] + v[2] * v[2] - 1;
    const m = this.matrix;
    this.nx = m[0][0] * v[0] + m[1][0] * v[1] + m[2][0] * v[2];
    this.ny = m[0][1] * v[0] + m[1][1] * v[1] + m[2][1] * v[2];
    this.nz = m[0][2] * v[0] + m[1][2] * v[1] + m[2][2] * v[2];
    const c = this.offset;
    // A hair of tolerance, for points on the ground at the limb.
    this.d = c[0] * v[0] + c[1] * v[1] + c[2] * v[2] - 1 + 1e-9;
  }

  hides(x: number, y: number, z: number): boolean {
    if (this.nx * x + this.ny * y + this.nz * z + this.d >= 0) return false;
    const t = this.scaled(x, y, z);
    const [vx, vy, vz] = this.eye;
    const [tx, ty, tz] = [t[0] - vx, t[1] - vy, t[2] - vz];
    const along = -(tx * vx + ty * vy + tz * vz);
    const far2 = tx * tx + ty * ty + tz * tz;
    // Past the plane it is farther than the limb; hidden, if within the cone that the limb makes.
    return along * along > this.eye2 * far2;
  }

  /** Points of the limb in local metres, the way round. */
  limb(count: number): Vector[] {
    const v = this.eye;
    const length2 = this.eye2 + 1;
    const radius = Math.sqrt(Math.max(this.eye2, 0) / length2);
    const length = Math.sqrt(length2);
    const axis = v.map((value) => value / length) as Vector;
    const side = unit(Math.abs(axis[2]) < 0.9 ? cross(axis, [0, 0, 1]) : cross(axis, [1, 0, 0]));
    const other = cross(axis, side);
    const found: Vector[] = [];
    for (let i = 0; i < count; i++) {
      const [c, s] = [Math.cos((2 * Math.PI * i) / count), Math.sin((2 * Math.PI * i) / count)];
      const at = [0, 1, 2].map((k) => v[k]! / length2 + radius * (c * side[k]! + s * other[k]!));
      found.push(this.unscaled(at as Vector));
    }
    return found;
  }

  private unscaled(s: Vector): Vector {
    // The matrix is a scaling after a rotation: its inverse is the transpose after the inverse scaling.
    const q = s.map((value, i) => (value - this.offset[i]!) * [A_M * A_M, A_M * A_M, B_M * B_M][i]!);
    const m = this.matrix;
    return [0, 1, 2].map((k) => m[0][k]! * q[0]! + m[1][k]! * q[1]! + m[2][k]! * q[2]!) as Vector;
  }
}

function cross(a: readonly number[], b: readonly number[]): Vector {
  return [
    a[1]! * b[2]! - a[2]! * b[1]!,
    a[2]! * b[0]! - a[0]! * b[2]!,
    a[0]! * b[1]! - a[1]! * b[0]!,
  ];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}
