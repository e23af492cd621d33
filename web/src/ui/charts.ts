// Charts over the whole run with a cursor at now; a click jumps there.

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { paletteOf, type Theme } from "../draw/palette";
import type { Count, Picture } from "../scene/picture";
import type { State } from "../state";
import { el } from "./dom";
import { clock } from "./words";

interface Line {
  name: Count;
  words: string;
  dash?: number[];
}

const CHARTS: { title: string; lines: Line[] }[] = [
  { title: "Threats", lines: [
    { name: "flying", words: "in the air" },
    { name: "tracked", words: "tracked", dash: [5, 3] },
    { name: "engaged", words: "engaged" },
  ] },
  { title: "Outcome", lines: [
    { name: "killed", words: "killed" },
    { name: "leaked", words: "leaked", dash: [5, 3] },
  ] },
];
const HEIGHT = 92;

export class Charts {
  readonly element = el("section", { class: "charts", "aria-label": "Charts over the run" });
  private plots: { plot: uPlot; line: HTMLElement }[] = [];
  private theme: Theme | null = null;
  private width = 0;

  constructor(
    private readonly picture: Picture,
    private readonly state: State,
    private readonly jump: (time_s: number) => void,
  ) {}

  /** Draws anew where theme or width have changed, and moves the cursors. */
  show(): void {
    const width = Math.floor(this.element.clientWidth);
    if (width > 40 && (this.theme !== this.state.theme || this.width !== width)) {
      this.theme = this.state.theme;
      this.width = width;
      for (const { plot } of this.plots) plot.destroy();
      this.element.replaceChildren();
      this.plots = CHARTS.map((chart) => this.made(chart.title, chart.lines, width));
    }
    for (const { plot, line } of this.plots) {
      line.style.transform = `translateX(${plot.valToPos(this.state.time_s, "x")}px)`;
    }
  }

  private made(title: string, lines: Line[], width: number): { plot: uPlot; line: HTMLElement } {
    const palette = paletteOf(this.state.theme);
    const colours: Record<string, string> = {
      flying: palette.side.hostile, tracked: palette.side.unknown, engaged: palette.shot,
      killed: palette.shot, leaked: palette.leak,
    };
    const axis = {
      stroke: palette.muted, font: "10px system-ui, sans-serif", grid: { stroke: palette.grid, width: 1 },
      ticks: { show: false }, gap: 3,
    };
    const legend = lines.map(({ name, words, dash }) => {
      const swatch = el("i", { class: dash ? "dashed" : "solid" });
      swatch.style.color = colours[name]!;
      return el("span", {}, swatch, words);
    });
    const head = el("div", { class: "chart-head" }, el("h3", {}, title), el("div", { class: "keys" }, ...legend));
    const place = el("div", { class: "plot", role: "img", "aria-label": `${title}: ${lines.map((each) => each.words).join(", ")} over time` });
    this.element.append(head, place);
    const plot = new uPlot(
      {
        width, height: HEIGHT, legend: { show: false }, padding: [6, 8, 0, 0],
        cursor: { points: { show: false }, drag: { x: false, y: false }, y: false },
        scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(most * 1.08, 4)] } },
        axes: [
          { ...axis, size: 20, values: (_, splits) => splits.map((each) => clock(each)), incrs: [60, 120, 300, 600, 1200, 3600] },
          { ...axis, size: 30 },
        ],
        series: [{}, ...lines.map(({ name, dash }) => ({
          stroke: colours[name]!, width: 1.5, points: { show: false }, ...(dash ? { dash } : {}),
        }))],
      },
      [this.picture.time_s, ...lines.map(({ name }) => this.picture[name])] as unknown as uPlot.AlignedData,
      place,
    );
    const line = el("div", { class: "cursor" });
    plot.over.append(line);
    plot.over.addEventListener("click", (event) => this.jump(plot.posToVal(event.offsetX, "x")));
    return { plot, line };
  }
}
