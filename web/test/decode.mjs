// Reads scenes with the page's own code and prints every sample: for the tests of the encoder.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const parts = 'export { sceneOf } from "./src/scene/scene"; export * from "./src/scene/picture";';
const bundle = await build({
  stdin: { contents: parts, resolveDir: process.cwd(), loader: "ts" }, bundle: true, write: false, format: "esm", platform: "node", logLevel: "error",
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
const { sceneOf, pictureOf, magazinesOf, leftAt } = await import(`data:text/javascript;base64,${code}`);

function rows(scene, flights, names, more) {
  const found = [];
  for (let piece = 0; piece < flights.count; piece++) {
    for (let row = flights.starts[piece]; row < flights.starts[piece + 1]; row++) {
      const nth = row - flights.starts[piece];
      const [lat, lon, height] = flights.placeOf(row);
      const time_s = flights.instants[flights.pieces.first[piece] + nth];
      found.push({ owner: String(names[flights.pieces.owner[piece]]), time_s, nth, lat, lon, height, ...more(piece, row) });
    }
  }
  return found;
}

const scenes = [];
for (const path of process.argv.slice(2)) {
  const scene = await sceneOf(new Uint8Array(readFileSync(path)));
  const picture = pictureOf(scene);
  const ends = (counts) => ({ most: Math.max(0, ...counts), last: counts[counts.length - 1] ?? 0 });
  scenes.push({
    picture: Object.fromEntries(Object.entries(picture).map(([name, counts]) => [name, ends(counts)])),
    left: magazinesOf(scene).map((each) => [each.type, leftAt(each, scene.end_s)]),
    truth: rows(scene, scene.truth, scene.header.truth.names, () => ({})),
    tracks: rows(scene, scene.tracks, scene.header.tracks.ids, (piece, row) => ({
      status: scene.status(row), identity: scene.identity(row), ...scene.belief(piece, row),
    })),
  });
}
console.log(JSON.stringify(scenes));
