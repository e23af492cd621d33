// The left panel: what is shown, and how one looks at it.

import type { Scene } from "../scene/scene";
import type { State, Switch } from "../state";
import { el } from "./dom";
import { length } from "./words";

const SWITCHES: [group: string, rows: [name: Switch, words: string, says: string][]][] = [
  ["In the air", [
    ["truth", "Truth", "Where objects really are; hollow while nobody tracks them"],
    ["tracks", "Tracks", "What the defence believes; broken outline: nothing is there"],
    ["ellipses", "Error ellipses", "Hold the object 19 times in 20, if the tracker knows itself"],
    ["civil", "Civil traffic", "Airliners and light aircraft"],
    ["tentative", "Tentative tracks", "Not yet confirmed: most are false alarms"],
  ]],
  ["On the ground", [
    ["coverage", "Radar coverage", "Where a radar finds 1 m² in half of its looks, cut by the horizon"],
    ["envelopes", "Engagement envelopes", "Where rounds may meet something"],
    ["axes", "Raid axes", "Ways of the raid's groups"],
    ["routes", "Air corridors", "Ways of civil and own traffic"],
    ["zones", "Zones", "Areas with a rule of engagement"],
    ["links", "Links", "Who tells whom"],
  ]],
  ["Drawing", [
    ["trails", "Trails, 90 s", "Fading"],
    ["stalks", "Altitude stalks", "Down to the ground, seen from the side"],
    ["labels", "Names", "As many as find room"],
    ["graticule", "Graticule", "Parallels and meridians"],
  ]],
];

/** Layers in the order of the keys 1 to 9. */
export const KEYED: Switch[] = [
  "truth", "tracks", "ellipses", "civil", "tentative", "coverage", "envelopes", "axes", "routes",
];
export const STRETCHES = [1, 3, 10];

export class LayersPanel {
  readonly element: HTMLElement;
  private readonly boxes = new Map<Switch, HTMLInputElement>();
  private readonly conditional: HTMLElement[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly state: State,
    stretch: (by: number) => void,
  ) {
    const present = this.present();
    this.element = el(
      "aside",
      { class: "panel layers", "aria-label": "Layers", id: "layers" },
      el("h2", {}, "Legend"),
      legend(),
      ...SWITCHES.flatMap(([group, rows]) => {
        const shown = rows.filter(([name]) => present.has(name));
        return shown.length ? [el("fieldset", {}, el("legend", {}, group), ...shown.flatMap((row) => this.rows(...row)))] : [];
      }),
      el("fieldset", {}, el("legend", {}, "Heights drawn"), this.choice("stretch", STRETCHES, (by) => `× ${by}`, scene.stretch, stretch)),
    );
  }

  private rows(name: Switch, words: string, says: string): HTMLElement[] {
    const key = KEYED.indexOf(name) + 1;
    const box = el("input", {
      type: "checkbox", id: `layer-${name}`, name,
      onchange: () => {
        this.state.layers[name] = box.checked;
        this.state.changed();
      },
    });
    this.boxes.set(name, box);
    const label = el("label", { class: "switch", title: says }, box, el("span", {}, words));
    if (key) label.append(el("kbd", { "aria-hidden": "true" }, String(key)));
    const found: HTMLElement[] = [label];
    if (name === "coverage") found.push(...this.kept(this.radars()));
    if (name === "envelopes") found.push(...this.kept(this.altitudes()));
    return found;
  }

  /** Rows that show only while coverage or envelopes do. */
  private kept(rows: HTMLElement[]): HTMLElement[] {
    this.conditional.push(...rows);
    return rows;
  }

  private radars(): HTMLElement[] {
    const { layers } = this.state;
    const radars = (this.scene.ground.radars ?? []).filter((radar) => radar.rings.length);
    return radars.map((radar) => {
      const box = el("input", {
        type: "checkbox", checked: true,
        onchange: () => {
          if (box.checked) layers.radarsOff.delete(radar.name);
          else layers.radarsOff.add(radar.name);
          this.state.changed();
        },
      });
      return el("label", { class: "switch sub coverage", title: radar.title }, box, el("span", {}, radar.name));
    });
  }

  private altitudes(): HTMLElement[] {
    const { layers } = this.state;
    const altitudes = this.scene.ground.altitudes_m ?? [];
    return [
      el("div", { class: "sub altitude", role: "group", "aria-label": "Altitude of coverage and envelopes" },
        el("span", { class: "note" }, "both at an altitude of"),
        this.choice("altitude", altitudes, length, layers.altitude_m, (metres) => {
          layers.altitude_m = metres;
          this.state.changed();
        })),
    ];
  }

  private choice(
    name: string, values: readonly number[], words: (value: number) => string, chosen: number, choose: (value: number) => void,
  ): HTMLElement {
    const buttons = values.map((value) =>
      el("label", { class: "pill" },
        el("input", { type: "radio", name, value, checked: value === chosen, onchange: () => choose(value) }),
        el("span", {}, words(value))),
    );
    return el("div", { class: "pills", role: "radiogroup", "aria-label": name }, ...buttons);
  }

  private present(): Set<Switch> {
    const { ground, sides } = this.scene;
    const all = new Set(SWITCHES.flatMap(([, rows]) => rows.map(([name]) => name)));
    const without: [Switch, boolean][] = [
      ["coverage", !ground.radars?.length || ground.is_perfect === true],
      ["envelopes", !ground.envelopes?.length],
      ["axes", !ground.axes?.length],
      ["routes", !ground.routes?.length],
      ["zones", !ground.zones?.length],
      ["links", !ground.links?.length],
      ["civil", !sides.includes("civil")],
    ];
    for (const [name, lacks] of without) if (lacks) all.delete(name);
    return all;
  }

  show(): void {
    const { layers } = this.state;
    for (const [name, box] of this.boxes) box.checked = layers[name];
    for (const row of this.conditional) {
      row.hidden = !(layers.coverage || (layers.envelopes && row.classList.contains("altitude")));
    }
  }
}

function legend(): HTMLElement {
  const rows: [string, string][] = [
    ["hostile", "hostile"],
    ["unknown", "unknown"],
    ["friend", "own"],
    ["civil", "civil"],
    ["untracked", "not tracked"],
    ["false", "false track"],
    ["kill", "kill"],
    ["miss", "miss"],
    ["leak", "leak"],
  ];
  return el("ul", { class: "legend" }, ...rows.map(([mark, words]) => el("li", {}, el("i", { class: `mark ${mark}` }), words)));
}
