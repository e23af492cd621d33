// The top bar: which run this is, its clock, and what one may do with the page.

import type { Scene } from "../scene/scene";
import type { State } from "../state";
import { button, el, write } from "./dom";
import { clock } from "./words";

const MOON = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z";
const LINK = "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1-1";
const ABOUT = "M12 11v6M12 7.500v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z";

export class Top {
  readonly element: HTMLElement;
  private readonly time = el("output", { class: "clock", "aria-label": "Simulated time" });

  constructor(
    scene: Scene,
    private readonly state: State,
    actions: { copyLink: () => void; turnTheme: () => void },
  ) {
    const { about, summary } = scene.header;
    const about_run = aboutOf(scene);
    this.element = el(
      "header",
      { class: "top" },
      el("strong", { class: "brand" }, "Bartizan"),
      el("div", { class: "what" },
        el("h1", { title: summary.title ?? "" }, String(about.scenario)),
        el("p", { class: about.sensing === "radar" ? "facts" : "facts odd" },
          `seed ${about.seed} · ${about.figures} figures · ${about.sensing} sensing`)),
      this.time,
      el("div", { class: "actions" },
        button("Copy link to this moment", LINK, actions.copyLink),
        button("Dark or light", MOON, actions.turnTheme),
        button("About this run", ABOUT, () => about_run.showModal())),
      about_run,
    );
  }

  show(): void {
    write(this.time, clock(this.state.time_s));
  }
}

function aboutOf(scene: Scene): HTMLDialogElement {
  const { about, summary } = scene.header;
  const rows: [string, unknown][] = [
    ["Run", about.run],
    ["Seed", about.seed],
    ["Figures", about.figures],
    ["Sensing", about.sensing],
    ["Changes", (about.overrides as string[] | undefined)?.join(", ") || "none"],
    ["Bartizan", about.version],
    ["Run hash", about.run_hash],
    ["Scenario hash", about.scenario_hash],
    ["Catalogue hash", about.catalogue_hash],
    ["Fingerprint", about.fingerprint],
  ];
  const dialog = el("dialog", { class: "about", "aria-label": "About this run" });
  dialog.append(
    el("h2", {}, String(summary.title ?? about.scenario)),
    el("p", {}, "One replication. Chance alone moves what is seen here."),
    el("p", { class: "statement" }, String(about.statement ?? "")),
    el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value ?? "–"))])),
    el("p", {}, "Interceptors are drawn on a straight line from launcher to intercept; the run records when they start and meet, not their paths."),
    el("p", { class: "keys" }, "Keys: space plays, ← → step, [ ] change speed, F follows, N the next threat, P plan, O oblique, 0 the whole theatre, 1–9 layers, Esc lets go."),
    el("form", { method: "dialog" }, el("button", { class: "plain" }, "Close")),
  );
  return dialog;
}
