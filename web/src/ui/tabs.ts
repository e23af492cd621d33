// On a narrow screen one panel at a time: tabs below the map.

import { el } from "./dom";

export function tabs(panels: [name: string, panel: HTMLElement][]): HTMLElement {
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": "Panels" });
  const choose = (chosen: number): void => {
    panels.forEach(([, panel], i) => panel.classList.toggle("chosen", i === chosen));
    [...list.children].forEach((tab, i) => tab.setAttribute("aria-selected", String(i === chosen)));
  };
  panels.forEach(([name, panel], i) => {
    list.append(el("button", { type: "button", role: "tab", "aria-controls": panel.id, onclick: () => choose(i) }, name));
  });
  choose(0);
  return list;
}
