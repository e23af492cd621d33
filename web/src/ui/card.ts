// The card of what is selected: what it is, how well it is tracked, who engages it and why.

import { pairOf } from "../draw/chosen";
import { hitsBy, isLost, type Site } from "../draw/sites";
import { errorAt } from "../scene/errors";
import type { Happening } from "../scene/events";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { button, el } from "./dom";
import { sentence } from "./events";
import { Spark } from "./spark";
import { altitude, bearing, clock, length, percent, speed } from "./words";

const CLOSE = "M6 6l12 12M18 6L6 18";

type Row = [name: string, value: string];

export class Card {
  readonly element = el("section", { class: "card", "aria-label": "Selected", "aria-live": "off", hidden: true });
  private key = "";
  private readonly spark: Spark;

  constructor(
    private readonly scene: Scene,
    private readonly state: State,
    private readonly sites: () => Site[],
    private readonly actions: { follow: () => void; close: () => void; jump: (time_s: number) => void },
  ) {
    this.spark = new Spark(scene, state);
  }

  show(): void {
    const { selection, time_s, isFollowing } = this.state;
    const key = selection ? `${selection.what}${selection.index}@${Math.floor(time_s)}${isFollowing}${this.state.theme}` : "";
    if (key === this.key) return;
    this.key = key;
    this.element.hidden = !selection;
    if (!selection) return;
    const isSite = selection.what === "asset" || selection.what === "unit";
    const parts = isSite ? this.ofSite() : this.ofFlight();
    this.element.replaceChildren(...parts.filter((each) => each !== null));
  }

  private head(title: string, mark: string, note: string, canFollow: boolean): HTMLElement {
    const follow = el("button", {
      type: "button", class: "plain", "aria-pressed": String(this.state.isFollowing), onclick: this.actions.follow, title: "Follow (F)",
    }, "Follow");
    return el("div", { class: "card-head" }, el("i", { class: `mark ${mark}` }),
      el("div", {}, el("h3", {}, title), el("p", { class: "note" }, note)),
      ...(canFollow ? [follow] : []), button("Let go", CLOSE, this.actions.close));
  }

  private ofFlight(): (HTMLElement | null)[] {
    const { scene, state } = this;
    const { time_s } = state;
    const { object, track } = pairOf(scene, state.selection, time_s);
    const { truth, tracks } = scene.header;
    const name = object >= 0 ? truth.names[object]! : `track ${tracks.ids[track]}`;
    const side = object >= 0 ? scene.sides[object]! : this.sideOf(track);
    const kind = object >= 0 ? truth.kinds[truth.kind[object]!]! : "follows nothing that is there";
    const end = scene.story.ends.get(object);
    const isOver = end !== undefined && end.time_s <= time_s;
    const ended = isOver ? `${end.how} at ${clock(end.time_s)}` : this.aimOf(object);
    return [
      this.head(name, side, [kind, ended].filter(Boolean).join(" · "), true),
      table("Truth", this.truthRows(object)),
      isOver ? null : table("Track", this.trackRows(object, track)),
      isOver && end.how === "leaked" ? table("Why it leaked", [["First link", end.detail]]) : null,
      this.spark.of(object, Math.max(this.element.clientWidth - 26, 120)),
      isOver ? null : table("Engagement", this.engagementRows(object)),
      this.story(object, track),
    ];
  }

  private aimOf(object: number): string {
    const group = this.scene.header.truth.names[object]?.split("[")[0];
    const axis = this.scene.ground.axes?.find((each) => each.name === group);
    return axis ? `aims at ${axis.target}` : "";
  }

  private sideOf(track: number): string {
    const piece = this.scene.tracks.piecesOf[track]?.[0];
    return piece === undefined ? "unknown" : this.scene.identity(this.scene.tracks.starts[piece + 1]! - 1);
  }

  private truthRows(object: number): Row[] {
    const { scene, state } = this;
    if (object < 0) return [];
    const piece = scene.truth.pieceAt(object, state.time_s, 2);
    if (piece < 0) return [];
    const k = scene.instantAt(state.time_s);
    const [east, north, up] = scene.truth.velocity(piece, k);
    const climb = Math.abs(up) < 2 ? "level" : up > 0 ? `climbs ${speed(up)}` : `falls ${speed(-up)}`;
    return [
      ["Altitude", altitude(scene.truth.placeOf(scene.truth.rowAt(piece, k))[2])],
      ["Speed", `${speed(Math.hypot(east, north, up))}, ${climb}`],
      ["Course", bearing((Math.atan2(east, north) * 180) / Math.PI)],
    ];
  }

  private trackRows(object: number, track: number): Row[] {
    const { scene, state } = this;
    const k = scene.instantAt(state.time_s);
    const piece = track < 0 ? -1 : scene.tracks.pieceAt(track, state.time_s, 2);
    if (piece < 0) return [["Tracked", "by nobody now"]];
    const row = scene.tracks.rowAt(piece, k);
    const belief = scene.belief(piece, row);
    const id = `${scene.header.tracks.ids[track]}, ${scene.status(row)}`;
    const rows: Row[] = [["Number", id], ["Identity", this.identityOf(track, row, belief.hostile)]];
    const error_m = object < 0 ? null : errorAt(scene, object, row, k);
    if (error_m !== null) rows.push(["Error now", length(error_m)]);
    const sure = belief.major_m === belief.minor_m ? length(belief.major_m) : `${length(belief.major_m)} × ${length(belief.minor_m)}`;
    rows.push(["Sure to", `${sure} (one sigma)`]);
    return rows;
  }

  private identityOf(track: number, row: number, hostile: number | null): string {
    const { scene, state } = this;
    const word = this.saidOf(track, state.time_s) || scene.identity(row);
    return hostile === null ? word : `${scene.identity(row)}, hostile ${percent(hostile)}`;
  }

  /** Who engages it now, and as what it was taken when that was ordered. */
  private engagementRows(object: number): Row[] {
    const { scene, state } = this;
    if (object < 0) return [];
    const shots = scene.story.shots.filter((shot) => shot.object === object && shot.from_s <= state.time_s);
    const flying = shots.filter((shot) => shot.to_s > state.time_s);
    if (!flying.length) {
      if (scene.sides[object] !== "hostile" && !shots.length) return [["Engaged by", "nobody"]];
      return [["Engaged by", shots.length ? `nobody now; ${shots.length} shot${shots.length > 1 ? "s" : ""} before` : "nobody yet"]];
    }
    const rows: Row[] = flying.map(({ type, unit, from_s, to_s }) =>
      ["Engaged by", `${unit}: ${type}, fired ${clock(from_s)}, there ${clock(to_s)}`]);
    const said = this.saidOf(flying[0]!.track, flying[0]!.from_s);
    if (said) rows.push(["Because", `it was taken as ${said}`]);
    return rows;
  }

  /** What a track was last identified as before a time. */
  private saidOf(track: number, time_s: number): string {
    const { events, trackOf } = this.scene.story;
    return events.findLast(
      (event) => event.kind === "identified" && event.time_s <= time_s && trackOf.get(event.subject) === track,
    )?.detail ?? "";
  }

  /** What happened to it until now, each line a jump. */
  private story(object: number, track: number): HTMLElement {
    const { scene, state } = this;
    const names = new Set<string>();
    if (object >= 0) names.add(scene.header.truth.names[object]!);
    if (track >= 0) names.add(`track ${scene.header.tracks.ids[track]}`);
    for (const match of scene.story.matchesOfObject.get(object) ?? []) {
      if (match.from_s <= state.time_s) names.add(`track ${scene.header.tracks.ids[match.track]}`);
    }
    const rounds = new Set<string>();
    const told: Happening[] = [];
    let isSeen = false;
    for (const event of scene.story.events) {
      if (event.time_s > state.time_s) break;
      if (!names.has(event.subject) && !names.has(event.object) && !rounds.has(event.subject)) continue;
      if (event.kind === "launch") rounds.add(event.subject);
      if (event.kind === "detection won") {
        if (isSeen) continue;
        isSeen = true;
      } else if (SILENT.has(event.kind)) continue;
      told.push(event);
    }
    const items = told.map((event) => el("li", {},
      el("button", { type: "button", class: "event", onclick: () => this.actions.jump(event.time_s) },
        el("time", {}, clock(event.time_s)), el("span", {}, sentence(event)))));
    return el("div", { class: "story" }, el("h4", {}, "What happened to it, and why"),
      items.length ? el("ol", {}, ...items) : el("p", { class: "note" }, "Nothing yet: nobody has seen it."));
  }

  private ofSite(): (HTMLElement | null)[] {
    const { scene, state } = this;
    const site = this.sites().find((each) => each.what === state.selection!.what && each.index === state.selection!.index)!;
    if (site.what === "unit") return this.ofUnit(site);
    const hits = hitsBy(site, state.time_s);
    const asset = scene.ground.assets?.find((each) => each.name === site.name);
    const events = scene.story.events.filter((event) => event.kind === "damage" && event.subject === site.name && event.time_s <= state.time_s);
    const rows: Row[] = [["Hits", `${hits}; ${site.stands} destroy it`], ["Worth", String(asset?.value ?? "–")]];
    return [
      this.head(site.name, "friend", hits >= site.stands ? "destroyed" : "defended asset", false),
      table("State", rows),
      el("div", { class: "story" }, el("ol", {}, ...events.map((event) => el("li", {},
        el("button", { type: "button", class: "event", onclick: () => this.actions.jump(event.time_s) },
          el("time", {}, clock(event.time_s)), el("span", {}, sentence(event))))))),
    ];
  }

  private ofUnit(site: Site): (HTMLElement | null)[] {
    const { scene, state } = this;
    const block = scene.ground.blocks?.find((each) => each.name === site.name);
    const radars = (scene.ground.radars ?? []).filter((radar) => radar.block === site.name);
    const launchers = (scene.ground.launchers ?? []).filter((launcher) => launcher.block === site.name);
    const shots = scene.story.shots.filter((shot) => shot.unit.split("/")[0] === site.name && shot.from_s <= state.time_s);
    const flying = shots.filter((shot) => shot.to_s > state.time_s).length;
    const rows: Row[] = [
      ["Radars", [...new Set(radars.map((radar) => radar.title))].join(", ") || "–"],
      ["Net", block?.net ?? "–"],
    ];
    if (launchers.length) {
      rows.push(["Fire channels", String(launchers.reduce((sum, each) => sum + each.channels, 0))]);
      rows.push(["Rounds", `${shots.length} fired, ${flying} on their way`]);
    }
    const state_ = isLost(site, state.time_s) ? `destroyed at ${clock(site.lost_s)}` : (block?.system_name ?? "");
    return [this.head(site.name, "friend", state_, false), table("State", rows)];
  }
}

const SILENT = new Set(["detection lost", "track dropped"]);

function table(title: string, rows: Row[]): HTMLElement | null {
  if (!rows.length) return null;
  return el("div", { class: "table" }, el("h4", {}, title),
    el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}
