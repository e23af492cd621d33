// Writes the licences of what is built into the page beside it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

const PARTS: [name: string, licence: string][] = [
  ["gl-matrix", "LICENSE.md"],
  ["uplot", "LICENSE"],
  ["milsymbol", "LICENSE"],
];

export function notices(): Plugin {
  return {
    name: "notices",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "NOTICES.txt", source: text(resolve("node_modules")) });
    },
  };
}

function text(modules: string): string {
  const parts = PARTS.map(([name, licence]) => {
    const about = JSON.parse(readFileSync(`${modules}/${name}/package.json`, "utf8"));
    const words = readFileSync(`${modules}/${name}/${licence}`, "utf8").trim();
    return `${about.name} ${about.version} (${about.license})\n\n${words}\n`;
  });
  const head = "The replay page of Bartizan holds parts of these, under their licences.\n";
  return [head, ...parts].join(`\n${"-".repeat(72)}\n\n`);
}
