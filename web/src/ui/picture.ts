// The picture now: how many fly, are tracked, engaged, killed, leaked, and the rounds left.

import { leftAt, type Count, type Magazine, type Picture } from "../scene/picture";
import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { el, write } from "./dom";

const TILES: [Count, string, string][] = [
  ["flying", "in the air", "Threats that fly now"],
  ["tracked", "tracked", "Threats with a confirmed track"],
  ["engaged", "engaged", "Threats with a round on its way"],
  ["killed", "killed", "Until now"],
  ["leaked", "leaked", "Reached their aim, until now"],
  ["alone", "extra tracks", "Confirmed tracks of nothing, or a second one of something"],
];

export class PictureNow {
  readonly element: HTMLElement;
  private readonly numbers = new Map<Count, HTMLElement>();
  private readonly bars: { magazine: Magazine; fill: HTMLElement; left: HTMLElement }[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly state: State,
    private readonly picture: Picture,
    magazines: Magazine[],
  ) {
    const tiles = TILES.map(([name, words, says]) => {
      const number = el("dd", {}, "0");
      this.numbers.set(name, number);
      return el("div", { class: `tile ${name}`, title: says }, el("dt", {}, words), number);
    });
    this.element = el("section", { class: "now", "aria-label": "Picture now" }, el("dl", { class: "tiles" }, ...tiles));
    if (magazines.length) this.element.append(this.rounds(magazines));
  }

  private rounds(magazines: Magazine[]): HTMLElement {
    const several = new Set(magazines.map((each) => each.group)).size > 1;
    const rows = magazines.map((magazine) => {
      const fill = el("i");
      const left = el("b");
      this.bars.push({ magazine, fill, left });
      const name = several ? `${magazine.group} ${magazine.type}` : magazine.type;
      return el("li", {}, el("span", { title: name }, name), el("span", { class: "bar" }, fill), left);
    });
    return el("div", { class: "rounds" }, el("h3", {}, several ? "Rounds left" : `Rounds left · ${magazines[0]!.group}`), el("ul", {}, ...rows));
  }

  show(): void {
    const k = this.scene.instantAt(this.state.time_s);
    for (const [name, element] of this.numbers) write(element, String(this.picture[name][k] ?? 0));
    for (const { magazine, fill, left } of this.bars) {
      const now = leftAt(magazine, this.state.time_s);
      write(left, `${now} of ${magazine.loaded}`);
      const share = `${(100 * now) / Math.max(magazine.loaded, 1)}%`;
      if (fill.style.width !== share) fill.style.width = share;
    }
  }
}
