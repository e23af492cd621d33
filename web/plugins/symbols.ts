// Bakes the few APP-6 symbols that the page shows into SVG texts, so that it needs no milsymbol.
import ms from "milsymbol";
import type { Plugin } from "vite";

const VIRTUAL = "virtual:symbols";

/** Third and fourth digit of a symbol code, and the colours that the page draws with. */
const AFFILIATION = { hostile: "6", friend: "3", civil: "4", unknown: "1" } as const;
const COLOUR = { Hostile: "#ff6b5e", Friend: "#6fb7f2", Neutral: "#57c99a", Unknown: "#f2d652" };

/** Symbol set and entity; see APP-6(D), annex A. */
const ICON: Record<string, [set: string, entity: string, modifiers?: string]> = {
  air: ["01", "000000"],
  fixed: ["01", "110100"],
  fighter: ["01", "110104"],
  bomber: ["01", "110103"],
  jammer: ["01", "110108"],
  warning: ["01", "110116"],
  uav: ["01", "110300"],
  civil: ["01", "120100"],
  missile: ["02", "110000"],
  defence: ["10", "130102"],
  radar: ["15", "220300"],
  power: ["20", "120502"],
  port: ["20", "121305"],
  airport: ["20", "120803"],
  place: ["20", "110000"],
};

export function symbols(): Plugin {
  return {
    name: "symbols",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load: (id) => (id === `\0${VIRTUAL}` ? `export default ${JSON.stringify(baked())}` : undefined),
  };
}

function baked(): Record<string, { svg: string; width: number; height: number; x: number; y: number }> {
  const found: ReturnType<typeof baked> = {};
  for (const [side, digit] of Object.entries(AFFILIATION)) {
    for (const [icon, [set, entity, modifiers = "0000"]] of Object.entries(ICON)) {
      const symbol = new ms.Symbol(`130${digit}${set}0000${entity}${modifiers}`, {
        size: 40,
        civilianColor: false,
        colorMode: { ...COLOUR, Civilian: COLOUR.Neutral, Suspect: COLOUR.Hostile },
        outlineWidth: 0,
        padding: 2,
      });
      if (!symbol.isValid()) throw new Error(`no such symbol: ${side} ${icon}`);
      const { width, height } = symbol.getSize();
      const { x, y } = symbol.getAnchor();
      found[`${side}:${icon}`] = { svg: symbol.asSVG(), width, height, x, y };
    }
  }
  return found;
}
