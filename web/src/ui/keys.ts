// What the keyboard does, wherever the focus is but in a field that takes keys itself.

import type { State } from "../state";
import { KEYED } from "./layers";
import { SPEEDS } from "./transport";

export interface KeyActions {
  toggle: () => void;
  step: (by_s: number) => void;
  follow: () => void;
  view: (name: "plan" | "oblique" | "whole") => void;
  zoom: (factor: number) => void;
  release: () => void;
  next: (by: number) => void;
}

export function listenKeys(state: State, actions: KeyActions): void {
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
    if (!act(event, state, actions)) return;
    event.preventDefault();
  });
}

function act(event: KeyboardEvent, state: State, actions: KeyActions): boolean {
  const by_s = event.shiftKey ? 20 : 2;
  switch (event.key) {
    case " ": actions.toggle(); return true;
    case "ArrowLeft": actions.step(-by_s); return true;
    case "ArrowRight": actions.step(by_s); return true;
    case "[": case "ArrowDown": faster(state, -1); return true;
    case "]": case "ArrowUp": faster(state, 1); return true;
    case "f": case "F": actions.follow(); return true;
    case "p": case "P": actions.view("plan"); return true;
    case "o": case "O": actions.view("oblique"); return true;
    case "0": actions.view("whole"); return true;
    case "+": case "=": actions.zoom(0.7); return true;
    case "-": actions.zoom(1 / 0.7); return true;
    case "n": actions.next(1); return true;
    case "N": actions.next(-1); return true;
    case "Escape": actions.release(); return true;
  }
  const name = KEYED[Number(event.key) - 1];
  if (!name) return false;
  state.layers[name] = !state.layers[name];
  state.changed();
  return true;
}

/** One speed up or down. */
function faster(state: State, by: number): void {
  const at = SPEEDS.indexOf(state.speed);
  state.speed = SPEEDS[Math.min(Math.max(at + by, 0), SPEEDS.length - 1)]!;
  state.changed();
}

function takesKeys(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.closest("dialog[open]")) return true;
  const { tagName } = target;
  const type = (target as HTMLInputElement).type;
  const isKeyOfField = event.key.startsWith("Arrow") || event.key === " ";
  if (tagName === "SELECT") return true;
  if (tagName === "BUTTON") return event.key === " " || event.key === "Enter";
  if (tagName === "INPUT" && type === "range") return event.key.startsWith("Arrow");
  if (tagName === "INPUT") return isKeyOfField;
  return target.classList.contains("scroll") && event.key.startsWith("Arrow");
}
