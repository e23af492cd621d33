// Three lines for who is here for the first time, then silence.

import { el } from "./dom";

const LINES = [
  [
    "Press space to play; drag to move, right-drag to turn, roll the wheel to zoom.",
    "Click anything to see what it is, who engages it, and why.",
    "Filled marks are tracked; hollow ones are there and nobody tracks them.",
  ],
  ["Drag to move, two fingers zoom and turn.", "Tap anything to ask what it is, and why.", "Hollow marks: there, and nobody tracks them."],
];
const KEPT = "bartizan-replay-hint";

export function hint(): HTMLElement | null {
  if (wasSeen()) return null;
  const element = el("div", { class: "hint", role: "note" },
    ...LINES[matchMedia("(pointer: coarse)").matches ? 1 : 0]!.map((line) => el("p", {}, line)));
  const done = (): void => {
    element.remove();
    remember();
  };
  element.append(el("button", { type: "button", class: "plain", onclick: done }, "Got it"));
  return element;
}

function wasSeen(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(KEPT, "1");
  } catch {
    // A page from disk may not be allowed to keep anything: the hint comes again.
  }
}
