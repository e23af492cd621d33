import "./style.css";
import { sceneBytes } from "./load";
import { Replay } from "./replay";
import { sceneOf } from "./scene/scene";

/** What tests, and whoever embeds the page, may read. */
interface Window_ {
  bartizan?: {
    time: () => number;
    heads: () => { name: string; x: number; y: number }[];
    frames: () => number;
    tilt: () => number;
    /** When the first picture stood, since the page was asked for. */
    first_ms: number;
    /** Script of all moments drawn so far. */
    drawing_ms: () => number;
  };
}

async function start(): Promise<void> {
  const root = document.getElementById("app")!;
  try {
    const scene = await sceneOf(await sceneBytes());
    document.title = `${scene.header.about.scenario} · Bartizan replay`;
    const replay = new Replay(scene, root);
    (window as Window_).bartizan = {
      time: () => replay.state.time_s,
      heads: () => replay.theatre.heads.map(({ what, index, x, y }) => ({ name: `${what} ${index}`, x, y })),
      frames: () => replay.theatre.frames,
      tilt: () => replay.camera.aim.tilt,
      first_ms: performance.now(),
      drawing_ms: () => replay.drawing_ms,
    };
    document.documentElement.dataset.ready = "yes";
  } catch (error) {
    const words = document.createElement("p");
    words.className = "failed";
    words.textContent = `This replay cannot be shown. ${error instanceof Error ? error.message : String(error)}`;
    root.replaceChildren(words);
    throw error;
  }
}

void start();
