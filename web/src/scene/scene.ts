// A run as the page knows it: flights of objects and tracks, events, what stands still.

import { Frame, type Vector } from "../earth/geodesy";
import { opened, type Container, type Ground, type Header } from "./container";
import { Story, happenings } from "./events";
import { Flights, instantAt } from "./flights";
import { unpacked, unpackedBytes } from "./planes";

export type Side = "hostile" | "friend" | "civil" | "unknown";
const SIDES: Record<string, Side> = { hostile: "hostile", friend: "friend", civil: "civil" };

/** What a track is sure of: half axes [m], bearing of the longer one [deg], and who it is. */
export interface Belief {
  major_m: number;
  minor_m: number;
  bearing_deg: number;
  up_m: number;
  hostile: number | null;
}

export class Scene {
  readonly header: Header;
  readonly instants: Float64Array;
  readonly truth: Flights;
  readonly tracks: Flights;
  readonly story: Story;
  readonly frame: Frame;
  readonly ground: Partial<Ground>;
  readonly start_s: number;
  readonly end_s: number;
  /** Status in the lower four bits, identity in the upper ones; one a sample. */
  readonly state: Uint8Array;
  readonly sides: Side[];
  readonly identities: Side[];
  readonly confirmedFrom: Int32Array;
  stretch = 0;
  private readonly sparse: Int32Array;
  private readonly sigmas: Record<"major" | "minor" | "up" | "axis", Uint8Array>;
  private readonly posterior: Uint8Array;

  constructor(container: Container) {
    const { header, section } = container;
    this.header = header;
    this.ground = header.ground;
    this.instants = Float64Array.from(unpacked(section("instants"), [0]), (ms) => ms / 1000);
    const { truth, tracks } = header;
    this.truth = new Flights(container, "truth", truth.pieces, truth.step, truth.names.length, this.instants);
    this.tracks = new Flights(container, "track", tracks.pieces, tracks.step, tracks.ids.length, this.instants);
    this.state = unpackedBytes(section("track_state"));
    this.sides = truth.side.map((side) => SIDES[truth.sides[side]!] ?? "unknown");
    this.identities = tracks.identities.map((word) => SIDES[word] ?? "unknown");
    this.sigmas = {
      major: unpackedBytes(section("sigma_major")),
      minor: unpackedBytes(section("sigma_minor")),
      up: unpackedBytes(section("sigma_up")),
      axis: unpackedBytes(section("sigma_axis")),
    };
    this.posterior = unpackedBytes(section("p_hostile"));
    this.sparse = sparseStarts(tracks.pieces.length, tracks.every);
    const last = this.instants[this.instants.length - 1] ?? 0;
    this.end_s = Number(header.about.simulated_s ?? last);
    this.start_s = Math.max(0, this.instants[0] ?? 0);
    this.confirmedFrom = this.firstConfirmed();
    this.story = new Story(
      happenings(container),
      new Map(truth.names.map((name, i) => [name, i])),
      new Map(tracks.ids.map((id, i) => [`track ${id}`, i])),
      this.end_s,
      netsOf(header.ground),
    );
    const [lat, lon] = header.ground.origin ?? this.middle();
    this.frame = new Frame(lat, lon);
    this.stretchTo(1);
  }

  stretchTo(stretch: number): void {
    if (stretch === this.stretch) return;
    this.stretch = stretch;
    this.truth.place(this.frame, stretch);
    this.tracks.place(this.frame, stretch);
  }

  instantAt(time_s: number): number {
    return instantAt(this.instants, time_s);
  }

  status(row: number): string {
    return this.header.tracks.statuses[this.state[row]! & 15] ?? "";
  }

  identity(row: number): Side {
    return this.identities[this.state[row]! >> 4] ?? "unknown";
  }

  /** What a track is sure of at a sample of a piece; standard deviations, one sigma. */
  belief(piece: number, row: number): Belief {
    const at = this.sparse[piece]! + Math.floor((row - this.tracks.starts[piece]!) / this.header.tracks.every);
    const axis = this.sigmas.axis[at];
    const posterior = this.posterior[at];
    return {
      major_m: this.sigma(this.sigmas.major[at]!),
      minor_m: this.sigma(this.sigmas.minor[at]!),
      up_m: this.sigma(this.sigmas.up[at]!),
      bearing_deg: axis === undefined ? 0 : (axis * 180) / 256,
      hostile: posterior === undefined || posterior === 255 ? null : posterior / 254,
    };
  }

  private sigma(code: number): number {
    const [least, most] = this.header.tracks.sigma_m;
    return least * (most / least) ** (code / 255);
  }

  /** When an object ends: its recorded end, or a sample's time after its last sample. */
  endOf(object: number, piece: number): number {
    const last = this.truth.last_s(piece);
    const end = this.story.ends.get(object)?.time_s;
    return end !== undefined && end >= last - 1e-6 && end <= last + 4 ? end : last;
  }

  /** Local position of an object at a time; past its last sample as it went on. Null: nowhere. */
  objectAt(object: number, time_s: number, slack_s = 4): Vector | null {
    const piece = this.truth.pieceAt(object, time_s, slack_s);
    return piece < 0 ? null : this.truth.at(piece, time_s, this.instantAt(time_s), [0, 0, 0]);
  }

  trackAt(track: number, time_s: number, slack_s = 4): Vector | null {
    if (track < 0) return null;
    const piece = this.tracks.pieceAt(track, time_s, slack_s);
    return piece < 0 ? null : this.tracks.at(piece, time_s, this.instantAt(time_s), [0, 0, 0]);
  }

  /** Per track, the row of its first confirmed sample, or −1. */
  private firstConfirmed(): Int32Array {
    const out = new Int32Array(this.header.tracks.ids.length).fill(-1);
    const tentative = this.header.tracks.statuses.indexOf("tentative");
    for (let piece = 0; piece < this.tracks.count; piece++) {
      const owner = this.tracks.pieces.owner[piece]!;
      for (let row = this.tracks.starts[piece]!; row < this.tracks.starts[piece + 1]! && out[owner]! < 0; row++) {
        if ((this.state[row]! & 15) !== tentative) out[owner] = row;
      }
    }
    return out;
  }

  private middle(): [number, number] {
    const { lat, lon, step } = this.truth;
    const mean = (values: Int32Array): number =>
      values.length ? (values.reduce((sum, value) => sum + value, 0) / values.length) * step[0] : 0;
    return [mean(lat), mean(lon)];
  }
}

function sparseStarts(lengths: number[], every: number): Int32Array {
  const out = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (out[i + 1] = out[i]! + Math.ceil(length / every)));
  return out;
}

/** The net of each radar by name, and by "" the one that receives from others. */
function netsOf({ radars = [], blocks = [], links = [] }: Partial<Ground>): Map<string, string> {
  const net = new Map(blocks.map((block) => [block.name, block.net]));
  const found = new Map(radars.map((radar) => [radar.name, net.get(radar.block) ?? ""]));
  return found.set("", links[0]?.to ?? blocks[0]?.net ?? "");
}

export async function sceneOf(bytes: Uint8Array): Promise<Scene> {
  return new Scene(await opened(bytes));
}
