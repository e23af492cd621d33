// The recorded events, and what follows from them: who was matched with whom, rounds, ends.

import type { Container } from "./container";
import { unpacked } from "./planes";

export interface Happening {
  time_s: number;
  kind: string;
  subject: string;
  object: string;
  detail: string;
}

/** A track was taken for this object, from a time to a time. */
export interface Match {
  object: number;
  track: number;
  from_s: number;
  to_s: number;
}

export interface Shot {
  round: string;
  type: string;
  unit: string;
  track: number;
  object: number;
  from_s: number;
  to_s: number;
  outcome: "kill" | "miss" | "flying";
  detail: string;
}

export interface End {
  time_s: number;
  how: "killed" | "leaked" | "turned away";
  detail: string;
}

/** A track that went over from one object to another. */
export interface Swap {
  time_s: number;
  track: number;
  from: number;
  to: number;
}

export function happenings({ header, section }: Container): Happening[] {
  const one = [0];
  const ms = unpacked(section("event_ms"), one);
  const read = (name: "kind" | "subject" | "object" | "detail"): string[] => {
    const codes = unpacked(section(`event_${name}`), one);
    return Array.from(codes, (code) => header.events[name][code] ?? "");
  };
  const [kind, subject, object, detail] = [read("kind"), read("subject"), read("object"), read("detail")];
  return Array.from(ms, (value, i) => ({
    time_s: value / 1000,
    kind: kind[i]!,
    subject: subject[i]!,
    object: object[i]!,
    detail: detail[i]!,
  }));
}

export class Story {
  readonly matches: Match[] = [];
  readonly matchesOfObject = new Map<number, Match[]>();
  readonly matchesOfTrack = new Map<number, Match[]>();
  readonly shots: Shot[] = [];
  readonly swaps: Swap[] = [];
  readonly ends = new Map<number, End>();
  readonly firstSeen_s = new Map<number, number>();
  /** The net whose radar confirmed a track: each net follows an object by one track of its own. */
  private readonly netOf = new Map<number, string>();

  constructor(
    readonly events: Happening[],
    readonly objectOf: Map<string, number>,
    readonly trackOf: Map<string, number>,
    end_s: number,
    /** By name of a radar; by "" the net that receives from others. */
    private readonly netOfRadar: Map<string, string> = new Map(),
  ) {
    const open = new Map<string, Match>();
    const rounds = new Map<string, Shot>();
    for (const event of events) this.take(event, open, rounds, end_s);
    for (const match of this.matches) {
      // What ended is followed no more, though nobody says so.
      match.to_s = Math.min(match.to_s, this.ends.get(match.object)?.time_s ?? end_s);
    }
    for (const shot of this.shots) {
      if (shot.object < 0) shot.object = this.objectOfTrack(shot.track, shot.from_s);
    }
  }

  private take(event: Happening, open: Map<string, Match>, rounds: Map<string, Shot>, end_s: number): void {
    const { kind, time_s, subject, object, detail } = event;
    const target = this.objectOf.get(subject) ?? -1;
    switch (kind) {
      case "detection won":
        if (!this.firstSeen_s.has(target)) this.firstSeen_s.set(target, time_s);
        break;
      case "track confirmed":
        this.netOf.set(this.trackOf.get(subject) ?? -1, this.netOfRadar.get(object) ?? "");
        break;
      case "track dropped":
        this.handOver(open, time_s, (match) => match.track === this.trackOf.get(subject));
        break;
      case "track assigned":
        this.assign(target, this.trackOf.get(object) ?? -1, time_s, open, end_s);
        break;
      case "track lost":
        close(open, `${target}/${this.trackOf.get(object) ?? -1}`, time_s);
        break;
      case "launch": {
        const [type = "", unit = ""] = detail.split(" from ");
        const track = this.trackOf.get(object) ?? -1;
        const shot: Shot = {
          round: subject, type, unit, track, object: -1, from_s: time_s, to_s: end_s, outcome: "flying", detail: "",
        };
        rounds.set(subject, shot);
        this.shots.push(shot);
        break;
      }
      case "kill":
      case "miss": {
        const hit = this.objectOf.get(object) ?? -1;
        const shot = rounds.get(subject);
        if (shot) Object.assign(shot, { outcome: kind, to_s: time_s, detail, object: hit });
        if (kind === "kill" && hit >= 0) this.ends.set(hit, { time_s, how: "killed", detail: subject });
        break;
      }
      case "leak":
        this.ends.set(target, { time_s, how: "leaked", detail });
        break;
      case "turned away":
        this.ends.set(target, { time_s, how: "turned away", detail });
        break;
    }
  }

  private assign(object: number, track: number, time_s: number, open: Map<string, Match>, end_s: number): void {
    const earlier = this.matchesOfTrack.get(track) ?? [];
    const before = earlier[earlier.length - 1];
    if (before && before.object !== object) {
      this.swaps.push({ time_s, track, from: before.object, to: object });
    }
    // A track that is taken for another object, and an object that another track of its net is
    // taken for, are parted without a word.
    const net = this.netOfTrack(track);
    this.handOver(open, time_s, (match) =>
      match.track === track || (match.object === object && this.netOfTrack(match.track) === net));
    const match: Match = { object, track, from_s: time_s, to_s: end_s };
    this.matches.push(match);
    open.set(`${object}/${track}`, match);
    append(this.matchesOfObject, object, match);
    append(this.matchesOfTrack, track, match);
  }

  /** What no radar confirmed came over a link, and belongs to who receives it. */
  private netOfTrack(track: number): string {
    return this.netOf.get(track) ?? this.netOfRadar.get("") ?? "";
  }

  private handOver(open: Map<string, Match>, time_s: number, isOver: (match: Match) => boolean): void {
    for (const [key, match] of open) if (isOver(match)) close(open, key, time_s);
  }

  /** The track that is taken for an object at a time, or −1. */
  trackOfObject(object: number, time_s: number): number {
    return holding(this.matchesOfObject.get(object), time_s)?.track ?? -1;
  }

  /** The object that a track is taken for at a time, or −1. */
  objectOfTrack(track: number, time_s: number): number {
    return holding(this.matchesOfTrack.get(track), time_s)?.object ?? -1;
  }
}

function holding(matches: Match[] | undefined, time_s: number): Match | undefined {
  return matches?.findLast((match) => match.from_s <= time_s && time_s < match.to_s);
}

function close(open: Map<string, Match>, key: string, time_s: number): void {
  const match = open.get(key);
  if (match) match.to_s = time_s;
  open.delete(key);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
