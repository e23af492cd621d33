// A camera that looks at a place on the Earth from a range, a heading and a tilt.

import { glMatrix, mat4 } from "gl-matrix";
import { DEG, type Frame, type Vector } from "./geodesy";
import { Horizon } from "./horizon";

glMatrix.setMatrixArrayType(Array as unknown as Float32ArrayConstructor);

/** What one sees: place looked at [deg], range [m], heading and tilt from straight down [deg]. */
export interface Aim {
  lat: number;
  lon: number;
  range: number;
  heading: number;
  tilt: number;
}

export const TILT_MOST = 84;
export const RANGE_LEAST = 3e3;
export const RANGE_MOST = 1.2e7;
/** Height of the field of view. */
export const FIELD = 38 * DEG;

export class Camera {
  readonly horizon: Horizon;
  readonly eye: Vector = [0, 0, 1];
  /** Screen pixels and clip w of the last point that was projected. */
  x = 0;
  y = 0;
  w = 0;
  /** Metres that a pixel spans at the place looked at. */
  metres_px = 1;
  /** Width of the thinnest line: one pixel of the screen. Wider ones cost a machine without a GPU much. */
  hair = 1;
  width = 1;
  height = 1;
  /** Rises with each change, so that what is drawn once knows when to be drawn again. */
  version = 0;
  private readonly m = new Float64Array(16);
  private readonly inverse: mat4 = mat4.create();

  constructor(
    readonly frame: Frame,
    public aim: Aim,
  ) {
    this.horizon = new Horizon(frame);
    this.settle();
  }

  resize(width: number, height: number): void {
    this.width = Math.max(width, 1);
    this.height = Math.max(height, 1);
    this.settle();
  }

  look(change: Partial<Aim>): void {
    const aim = { ...this.aim, ...change };
    aim.lat = clamp(aim.lat, -89, 89);
    aim.range = clamp(aim.range, RANGE_LEAST, RANGE_MOST);
    aim.tilt = clamp(aim.tilt, 0, TILT_MOST);
    aim.heading = ((aim.heading % 360) + 360) % 360;
    this.aim = aim;
    this.settle();
  }

  private settle(): void {
    const { lat, lon, range, heading, tilt } = this.aim;
    const target = this.frame.local(lat, lon, 0);
    const [east, north, up] = this.frame.axesAt(lat, lon);
    const [sh, ch] = [Math.sin(heading * DEG), Math.cos(heading * DEG)];
    const [st, ct] = [Math.sin(tilt * DEG), Math.cos(tilt * DEG)];
    const head: Vector = [0, 0, 0];
    const top: Vector = [0, 0, 0];
    for (let i = 0; i < 3; i++) {
      head[i] = sh * east[i]! + ch * north[i]!;
      this.eye[i] = target[i]! + range * (ct * up[i]! - st * head[i]!);
      top[i] = ct * head[i] + st * up[i]!;
    }
    const view = mat4.lookAt(mat4.create(), this.eye, target, top);
    const near = Math.max(range * 0.02, 200);
    const lens = mat4.perspective(mat4.create(), FIELD, this.width / this.height, near, range + 2e7);
    const both = mat4.multiply(mat4.create(), lens, view);
    this.m.set(both as unknown as number[]);
    mat4.invert(this.inverse, both);
    this.metres_px = (2 * range * Math.tan(FIELD / 2)) / this.height;
    this.horizon.lookFrom(...this.eye);
    this.version++;
  }

  /** Projects a local point into `x`, `y`; false where it is behind the eye. */
  project(px: number, py: number, pz: number): boolean {
    const m = this.m;
    const w = m[3]! * px + m[7]! * py + m[11]! * pz + m[15]!;
    this.w = w;
    if (w < 150) return false;
    this.x = (0.5 + (0.5 * (m[0]! * px + m[4]! * py + m[8]! * pz + m[12]!)) / w) * this.width;
    this.y = (0.5 - (0.5 * (m[1]! * px + m[5]! * py + m[9]! * pz + m[13]!)) / w) * this.height;
    return true;
  }

  /** Projects a local point; false where it is behind the eye or the Earth. */
  sees(px: number, py: number, pz: number): boolean {
    return !this.horizon.hides(px, py, pz) && this.project(px, py, pz);
  }

  /** Metres that a pixel spans at the point projected last. */
  metresThere(): number {
    return (this.metres_px * this.w) / this.aim.range;
  }

  /** The place [deg] under a pixel, or null where that is the sky. */
  placeAt(x: number, y: number): [lat: number, lon: number] | null {
    const from = this.eye;
    const to = this.unprojected(x, y);
    const d: Vector = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const o = this.horizon.scaled(...from);
    const far = this.horizon.scaled(from[0] + d[0], from[1] + d[1], from[2] + d[2]);
    const v = [far[0] - o[0], far[1] - o[1], far[2] - o[2]];
    const a = v[0]! ** 2 + v[1]! ** 2 + v[2]! ** 2;
    const b = o[0] * v[0]! + o[1] * v[1]! + o[2] * v[2]!;
    const c = o[0] ** 2 + o[1] ** 2 + o[2] ** 2 - 1;
    const root = b * b - a * c;
    if (root < 0) return null;
    const t = (-b - Math.sqrt(root)) / a;
    if (t <= 0) return null;
    const [lat, lon] = this.frame.geodetic(from[0] + t * d[0], from[1] + t * d[1], from[2] + t * d[2]);
    return [lat, lon];
  }

  private unprojected(x: number, y: number): Vector {
    const m = this.inverse as unknown as number[];
    const [cx, cy] = [(2 * x) / this.width - 1, 1 - (2 * y) / this.height];
    const w = m[3]! * cx + m[7]! * cy + m[11]! * 0.5 + m[15]!;
    return [0, 1, 2].map((i) => (m[i]! * cx + m[4 + i]! * cy + m[8 + i]! * 0.5 + m[12 + i]!) / w) as Vector;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
