// Where each object or track was: pieces of samples on a common grid of instants.

import type { Frame, Vector } from "../earth/geodesy";
import type { Container, Pieces } from "./container";
import { unpacked } from "./planes";

export class Flights {
  readonly starts: Int32Array;
  readonly count: number;
  readonly lat: Int32Array;
  readonly lon: Int32Array;
  readonly height: Int32Array;
  /** Local metres, heights stretched as asked. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
  /** Per owner, its pieces in order of time. */
  readonly piecesOf: number[][];

  constructor(
    container: Container,
    name: string,
    readonly pieces: Pieces,
    readonly step: [number, number],
    owners: number,
    readonly instants: Float64Array,
  ) {
    this.count = pieces.owner.length;
    this.starts = new Int32Array(this.count + 1);
    for (let i = 0; i < this.count; i++) this.starts[i + 1] = this.starts[i]! + pieces.length[i]!;
    const starts = this.starts.subarray(0, this.count);
    this.lat = unpacked(container.section(`${name}_lat`), starts);
    this.lon = unpacked(container.section(`${name}_lon`), starts);
    this.height = unpacked(container.section(`${name}_height`), starts);
    const n = this.lat.length;
    this.x = new Float32Array(n);
    this.y = new Float32Array(n);
    this.z = new Float32Array(n);
    this.piecesOf = Array.from({ length: owners }, () => []);
    pieces.owner.forEach((owner, piece) => this.piecesOf[owner]!.push(piece));
  }

  /** Places all samples in a frame, heights multiplied by `stretch`. */
  place(frame: Frame, stretch: number): void {
    const [deg, metre] = this.step;
    const out: Vector = [0, 0, 0];
    for (let i = 0; i < this.lat.length; i++) {
      frame.local(this.lat[i]! * deg, this.lon[i]! * deg, this.height[i]! * metre * stretch, out);
      this.x[i] = out[0];
      this.y[i] = out[1];
      this.z[i] = out[2];
    }
  }

  first_s(piece: number): number {
    return this.instants[this.pieces.first[piece]!]!;
  }

  last_s(piece: number): number {
    return this.instants[this.pieces.first[piece]! + this.pieces.length[piece]! - 1]!;
  }

  /** The piece of an owner (−1: nobody) that holds a time, within `slack_s` after its end; −1: none. */
  pieceAt(owner: number, time_s: number, slack_s = 0): number {
    for (const piece of this.piecesOf[owner] ?? []) {
      if (time_s < this.first_s(piece)) return -1;
      if (time_s <= this.last_s(piece) + slack_s) return piece;
    }
    return -1;
  }

  /** The last sample of a piece at or before the instant of index `k`. */
  rowAt(piece: number, k: number): number {
    const nth = Math.min(Math.max(k - this.pieces.first[piece]!, 0), this.pieces.length[piece]! - 1);
    return this.starts[piece]! + nth;
  }

  /** Local position of a piece at a time; what lies past its end goes on as it went. */
  at(piece: number, time_s: number, k: number, out: Vector): Vector {
    let row = this.rowAt(piece, k);
    const last = this.starts[piece + 1]! - 1;
    if (row === last && row > this.starts[piece]!) row--;
    const next = Math.min(row + 1, last);
    const from_s = this.instants[this.pieces.first[piece]! + row - this.starts[piece]!]!;
    const to_s = this.instants[this.pieces.first[piece]! + next - this.starts[piece]!]!;
    const f = to_s > from_s ? Math.max((time_s - from_s) / (to_s - from_s), 0) : 0;
    out[0] = this.x[row]! + f * (this.x[next]! - this.x[row]!);
    out[1] = this.y[row]! + f * (this.y[next]! - this.y[row]!);
    out[2] = this.z[row]! + f * (this.z[next]! - this.z[row]!);
    return out;
  }

  /** Latitude, longitude [deg] and height [m] of a sample. */
  placeOf(row: number): Vector {
    return [this.lat[row]! * this.step[0], this.lon[row]! * this.step[0], this.height[row]! * this.step[1]];
  }

  /** Speeds east, north and up [m/s], over the samples within 6 s of the instant of index `k`. */
  velocity(piece: number, k: number): Vector {
    const row = this.rowAt(piece, k);
    const a = Math.max(row - 3, this.starts[piece]!);
    const b = Math.min(row + 3, this.starts[piece + 1]! - 1);
    if (a === b) return [0, 0, 0];
    const dt = this.instantOf(piece, b) - this.instantOf(piece, a);
    const [lat, lon, height] = this.placeOf(a);
    const to = this.placeOf(b);
    const metres_deg = 111320;
    return [
      ((to[1] - lon) * metres_deg * Math.cos((lat * Math.PI) / 180)) / dt,
      ((to[0] - lat) * 110900) / dt,
      (to[2] - height) / dt,
    ];
  }

  private instantOf(piece: number, row: number): number {
    return this.instants[this.pieces.first[piece]! + row - this.starts[piece]!]!;
  }
}

/** Index of the last instant at or before a time; 0 where there is none. */
export function instantAt(instants: Float64Array, time_s: number): number {
  let low = 0;
  let high = instants.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (instants[middle]! <= time_s) low = middle;
    else high = middle - 1;
  }
  return low;
}
