// The page at work: a clock, a camera, panels, and one loop that draws what has changed.

import { pairOf } from "./draw/chosen";
import type { Theme } from "./draw/palette";
import { Theatre } from "./draw/theatre";
import { wholeOf } from "./draw/whole";
import { Camera, type Aim } from "./earth/camera";
import { Pilot, type View } from "./earth/views";
import { pick } from "./pick";
import type { Happening } from "./scene/events";
import { magazinesOf, pictureOf } from "./scene/picture";
import type { Scene } from "./scene/scene";
import { State } from "./state";
import { Card } from "./ui/card";
import { Charts } from "./ui/charts";
import { el, write } from "./ui/dom";
import { EventList } from "./ui/events";
import { hint } from "./ui/hint";
import { listenKeys } from "./ui/keys";
import { LayersPanel } from "./ui/layers";
import { fragmentOf, momentOf } from "./ui/link";
import { PictureNow } from "./ui/picture";
import { listen, zoomAt } from "./ui/pointer";
import { tabs } from "./ui/tabs";
import { Top } from "./ui/top";
import { Transport } from "./ui/transport";
import { ViewTools } from "./ui/view";

const PANELS_MS = 120;

export class Replay {
  readonly state = new State();
  readonly camera: Camera;
  readonly theatre: Theatre;
  private readonly pilot: Pilot;
  private readonly parts: { show: () => void }[];
  private readonly canvas = el("canvas", {
    class: "air", tabindex: 0, role: "application", "aria-roledescription": "map",
    "aria-label": "Map of the theatre. Space plays, arrows step, plus and minus zoom.",
  });
  private readonly said = el("div", { class: "said", role: "status" });
  /** Milliseconds spent in drawing until now. */
  drawing_ms = 0;
  private isDirty = true;
  private last_ms = 0;
  private panels_ms = -Infinity;
  private followed = "";

  constructor(
    readonly scene: Scene,
    root: HTMLElement,
  ) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const whole = wholeOf(scene);
    this.camera = new Camera(scene.frame, { lat: whole.lat, lon: whole.lon, range: 5e5, heading: 0, tilt: 42 });
    this.pilot = new Pilot(this.camera, whole, isCalm);
    const ground = el("canvas", { class: "ground", "aria-hidden": "true" });
    this.theatre = new Theatre(scene, this.camera, this.state, [ground, this.canvas]);
    this.parts = this.build(root, ground);
    this.state.theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    this.wear(this.state.theme);
    this.state.time_s = scene.start_s;
    this.state.onChange(() => this.refresh());
    this.hear();
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    this.resize();
    this.camera.look(this.pilot.home());
    this.open(location.hash);
    this.theatre.draw();
    requestAnimationFrame((now_ms) => this.frame(now_ms));
  }

  private build(root: HTMLElement, ground: HTMLElement): { show: () => void }[] {
    const { scene, state, camera } = this;
    const picture = pictureOf(scene);
    const jump = (time_s: number): void => this.jump(time_s);
    const top = new Top(scene, state, { copyLink: () => this.copyLink(), turnTheme: () => this.turnTheme() });
    const layers = new LayersPanel(scene, state, (by) => this.stretch(by));
    const tools = new ViewTools(scene, camera, state, {
      view: (name) => this.view(name), zoom: (factor) => this.zoom(factor), follow: () => this.follow(),
      north: () => this.fly({ ...camera.aim, heading: 0 }),
    });
    const now = new PictureNow(scene, state, picture, magazinesOf(scene));
    const charts = new Charts(picture, state, jump);
    const events = new EventList(scene, state, (event) => this.goTo(event));
    const card = new Card(scene, state, () => this.theatre.sites, {
      follow: () => this.follow(), close: () => state.select(null), jump,
    });
    const transport = new Transport(scene, picture, state, { toggle: () => this.toggle(), step: (by_s) => this.step(by_s), jump });
    const side = el("aside", { class: "panel side", id: "side", "aria-label": "Picture and events" },
      now.element, card.element, charts.element, events.element);
    const map = el("main", { class: "map" }, ground, this.canvas, tools.element, tools.scale, this.said);
    const first = hint();
    if (first) map.append(first);
    const statement = el("p", { class: "disclaimer" }, `Bartizan ${scene.header.about.version} · ${scene.header.about.statement}`);
    root.replaceChildren(top.element, layers.element, map, tabs([["Picture", side], ["Layers", layers.element]]), side, transport.element, statement);
    return [top, layers, tools, now, charts, events, card, transport];
  }

  private hear(): void {
    listen(this.canvas, this.camera, {
      changed: () => {
        this.pilot.stop();
        this.isDirty = true;
      },
      pick: (x, y) => this.pick(x, y),
      hover: (x, y) => this.hover(x, y),
    });
    listenKeys(this.state, {
      toggle: () => this.toggle(), step: (by_s) => this.step(by_s), follow: () => this.follow(),
      view: (name) => this.view(name), zoom: (factor) => this.zoom(factor), release: () => this.state.select(null), next: (by) => this.next(by),
    });
    addEventListener("hashchange", () => this.open(location.hash));
  }

  private open(fragment: string): void {
    const moment = momentOf(fragment, this.scene, this.theatre.sitesNow());
    if (moment.time_s !== undefined) this.state.time_s = moment.time_s;
    if (moment.aim) this.camera.look(moment.aim);
    this.state.select(moment.selection ?? this.state.selection);
  }

  private resize(): void {
    this.theatre.resize();
    this.refresh();
  }

  private refresh(): void {
    this.isDirty = true;
    this.panels_ms = -Infinity;
  }

  private frame(now_ms: number): void {
    const { state } = this;
    const passed_s = Math.min((now_ms - this.last_ms) / 1000, 0.25);
    this.last_ms = now_ms;
    if (state.isPlaying) this.advance(passed_s);
    if (this.pilot.advance(now_ms)) this.isDirty = true;
    if (state.isFollowing) this.keepUp();
    if (this.isDirty) {
      this.isDirty = false;
      const begun_ms = performance.now();
      this.theatre.draw();
      if (now_ms - this.panels_ms > PANELS_MS) {
        this.panels_ms = now_ms;
        for (const part of this.parts) part.show();
      } else this.parts[2]!.show();
      this.drawing_ms += performance.now() - begun_ms;
    }
    requestAnimationFrame((next_ms) => this.frame(next_ms));
  }

  private advance(passed_s: number): void {
    const { state, scene } = this;
    state.time_s = Math.min(state.time_s + passed_s * state.speed, scene.end_s);
    this.isDirty = true;
    if (state.time_s >= scene.end_s) {
      state.isPlaying = false;
      this.refresh();
    }
  }

  toggle(): void {
    const { state, scene } = this;
    if (!state.isPlaying && state.time_s >= scene.end_s) state.time_s = scene.start_s;
    state.isPlaying = !state.isPlaying;
    this.refresh();
  }

  private step(by_s: number): void {
    this.state.isPlaying = false;
    this.jump(this.state.time_s + by_s);
  }

  jump(time_s: number): void {
    this.state.time_s = Math.min(Math.max(time_s, this.scene.start_s), this.scene.end_s);
    this.refresh();
  }

  private goTo(event: Happening): void {
    this.jump(event.time_s);
    const { scene } = this;
    const names = [event.object, event.subject];
    const object = names.map((name) => scene.story.objectOf.get(name) ?? -1).find((each) => each >= 0) ?? -1;
    const track = names.map((name) => scene.story.trackOf.get(name) ?? -1).find((each) => each >= 0) ?? -1;
    const followed = object >= 0 ? object : scene.story.objectOfTrack(track, event.time_s);
    const at = (followed >= 0 ? scene.objectAt(followed, event.time_s, 6) : null) ?? scene.trackAt(track, event.time_s, 6);
    if (at) {
      const [lat, lon] = scene.frame.geodetic(...at);
      this.pilot.frame(lat, lon, performance.now());
    }
    if (followed >= 0) this.state.select({ what: "object", index: followed });
    else if (track >= 0) this.state.select({ what: "track", index: track });
  }

  private pick(x: number, y: number): void {
    const found = pick(this.theatre, x, y);
    if (found && "zoomTo" in found) {
      zoomAt(this.camera, 0.4, ...found.zoomTo);
      this.refresh();
    } else this.state.select(found);
  }

  private hover(x: number, y: number): void {
    if (this.state.isPlaying) return;
    this.canvas.style.cursor = pick(this.theatre, x, y) ? "pointer" : "grab";
  }

  private view(name: View): void {
    this.state.isFollowing = false;
    this.pilot.view(name, performance.now());
    this.refresh();
  }

  private fly(aim: Aim): void {
    this.pilot.fly(aim, performance.now());
    this.refresh();
  }

  private zoom(factor: number): void {
    const { camera } = this;
    this.pilot.stop();
    zoomAt(camera, factor, camera.width / 2, camera.height / 2);
    this.refresh();
  }

  private follow(): void {
    const { state } = this;
    if (!state.selection) {
      this.say("Select something to follow it.");
      return;
    }
    state.isFollowing = !state.isFollowing;
    this.followed = "";
    state.changed();
  }

  /** Selects the next threat in the picture, or the one before: for who uses no pointer. */
  private next(by: number): void {
    const { state, theatre } = this;
    const threats = theatre.heads
      .filter((head) => head.side !== "civil" && head.side !== "friend")
      .map((head) => (head.other >= 0 && head.what === "track" ? head.other : head.what === "object" ? head.index : -1))
      .filter((object) => object >= 0);
    const order = [...new Set(threats)].sort((a, b) => a - b);
    if (!order.length) {
      this.say("No threat is in the picture now.");
      return;
    }
    const at = order.indexOf(pairOf(this.scene, state.selection, state.time_s).object);
    const index = order[at < 0 ? 0 : (at + by + order.length) % order.length]!;
    state.select({ what: "object", index });
    this.say(this.scene.header.truth.names[index]!);
  }

  private keepUp(): void {
    const { state, scene } = this;
    const { object, track } = pairOf(scene, state.selection, state.time_s);
    const at = (object >= 0 ? scene.objectAt(object, state.time_s) : null) ?? scene.trackAt(track, state.time_s);
    if (!at) return;
    const [lat, lon] = scene.frame.geodetic(...at);
    const key = `${state.selection?.what}${state.selection?.index}`;
    if (this.followed !== key) {
      this.followed = key;
      this.camera.look({ range: Math.min(this.camera.aim.range, 60e3), tilt: Math.max(this.camera.aim.tilt, 50) });
    }
    if (lat !== this.camera.aim.lat || lon !== this.camera.aim.lon) this.camera.look({ lat, lon });
    this.isDirty = true;
  }

  private stretch(by: number): void {
    this.scene.stretchTo(by);
    this.state.changed();
  }

  private turnTheme(): void {
    this.wear(this.state.theme === "dark" ? "light" : "dark");
    this.state.changed();
  }

  private wear(theme: Theme): void {
    this.state.theme = theme;
    document.documentElement.dataset.theme = theme;
  }

  private copyLink(): void {
    const fragment = fragmentOf(this.state, this.camera, this.scene, this.theatre.sitesNow());
    history.replaceState(null, "", fragment);
    const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error("no clipboard"));
    copied.then(
      () => this.say("Link to this moment copied."),
      () => this.say("The link to this moment is in the address bar."),
    );
  }

  private say(words: string): void {
    write(this.said, words);
    window.setTimeout(() => write(this.said, ""), 2600);
  }
}
