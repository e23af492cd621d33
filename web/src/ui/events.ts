// The list of events: only the rows in sight are made; a click jumps there and frames it.

import type { Happening } from "../scene/events";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { el, write } from "./dom";
import { clock } from "./words";

const ROW_PX = 30;
const SPARE = 6;
const KEY = new Set([
  "launch", "kill", "miss", "leak", "damage", "magazine empty", "suppressed", "turned away", "overflow",
]);

export class EventList {
  readonly element: HTMLElement;
  private readonly list = el("ul", { class: "rows" });
  private readonly box: HTMLElement;
  private readonly count = el("span", { class: "note" });
  private readonly all: Happening[];
  private shown: Happening[] = [];
  private onlyKey = true;
  private first = -1;
  private current = -1;
  private room = 0;
  /** Whether the list moves on with the clock; not while somebody reads in it. */
  private isHeld = false;

  constructor(
    scene: Scene,
    private readonly state: State,
    private readonly go: (event: Happening) => void,
  ) {
    this.all = [...scene.story.events, ...swaps(scene)].sort((a, b) => a.time_s - b.time_s);
    this.box = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Events in order of time" }, this.list);
    this.box.addEventListener("scroll", () => this.fill());
    this.box.addEventListener("pointerenter", () => (this.isHeld = true));
    this.box.addEventListener("pointerleave", () => (this.isHeld = false));
    const every = el("input", { type: "checkbox", onchange: () => {
      this.onlyKey = !every.checked;
      this.filter();
    } });
    this.element = el("section", { class: "events", "aria-label": "Events" },
      el("div", { class: "section-head" }, el("h3", {}, "Events"), this.count,
        el("label", { class: "switch small", title: "Detections, tracks, identities and orders too" }, every, el("span", {}, "all"))),
      this.box);
    this.filter();
  }

  private filter(): void {
    this.shown = this.onlyKey ? this.all.filter((event) => KEY.has(event.kind)) : this.all;
    this.list.style.height = `${this.shown.length * ROW_PX}px`;
    write(this.count, `${this.shown.length}`);
    this.first = this.current = -1;
    this.show();
    this.fill();
  }

  show(): void {
    const now = before(this.shown, this.state.time_s);
    const room = this.box.clientHeight;
    if (now === this.current && room === this.room) return;
    this.current = now;
    this.room = room;
    if (!this.isHeld) {
      const middle = now * ROW_PX - this.box.clientHeight * 0.6;
      this.box.scrollTop = Math.max(0, middle);
    }
    this.first = -1;
    this.fill();
  }

  private fill(): void {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW_PX) - SPARE);
    if (first === this.first) return;
    this.first = first;
    const room = Math.ceil((this.box.clientHeight || 300) / ROW_PX) + 2 * SPARE;
    const rows = this.shown.slice(first, first + room).map((event, i) => this.row(event, first + i));
    this.list.replaceChildren(...rows);
  }

  private row(event: Happening, nth: number): HTMLElement {
    const state = nth === this.current ? "row current" : nth < this.current ? "row past" : "row";
    const row = el("button", { type: "button", class: "event", onclick: () => this.go(event) },
      el("time", {}, clock(event.time_s)), el("i", { class: `mark ${event.kind.replace(/ .*/, "")}` }), el("span", {}, sentence(event)));
    row.title = sentence(event);
    const item = el("li", { class: state }, row);
    item.style.top = `${nth * ROW_PX}px`;
    return item;
  }
}

function before(events: Happening[], time_s: number): number {
  let low = -1;
  let high = events.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (events[middle]!.time_s <= time_s + 1e-6) low = middle;
    else high = middle - 1;
  }
  return low;
}

function swaps(scene: Scene): Happening[] {
  const names = scene.header.truth.names;
  return scene.story.swaps.map(({ time_s, track, from, to }) => ({
    time_s, kind: "swap", subject: `track ${scene.header.tracks.ids[track]}`, object: names[to]!, detail: names[from]!,
  }));
}

/** An event in words. */
export function sentence({ kind, subject, object, detail }: Happening): string {
  switch (kind) {
    case "detection won": return `${subject} detected by ${object}`;
    case "detection lost": return `${subject} lost to ${object}`;
    case "track confirmed": return `${subject} confirmed by ${object}`;
    case "track dropped": return `${subject} dropped`;
    case "track assigned": return `${object} follows ${subject}`;
    case "track lost": return `${object} follows ${subject} no more`;
    case "identified": return `${subject}: ${detail}`;
    case "order": return `${object} ordered: ${detail} at ${subject}`;
    case "withdrawn": return `${object}: order at ${subject} withdrawn`;
    case "launch": {
      const [type = "", unit = ""] = detail.split(" from ");
      return `${type} at ${object}, ${unit}`;
    }
    case "kill": return `${object} killed, ${detail}`;
    case "miss": return object ? `${object} missed: ${detail}` : `${subject} missed: ${detail}`;
    case "assessed": return `${subject} assessed by ${object}: ${detail}`;
    case "leak": return `${subject} reached ${object}: ${detail}`;
    case "damage": return `${subject}: ${detail}, by ${object}`;
    case "magazine empty": return `${subject} has no ${object} left`;
    case "suppressed": return `${subject} destroyed, ${detail}`;
    case "turned away": return `${subject} turned away`;
    case "overflow": return detail;
    case "swap": return `${subject} went over from ${detail} to ${object}`;
    default: return [kind, subject, object, detail].filter(Boolean).join(" · ");
  }
}
