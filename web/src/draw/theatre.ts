// Draws a moment: the ground on one canvas, when it changed, and what moves on another.

import type { Camera } from "../earth/camera";
import type { Scene, Side } from "../scene/scene";
import type { State } from "../state";
import { clustered, type Cluster } from "./clusters";
import { drawEllipses, drawErrors } from "./ellipses";
import { drawGround, Lines } from "./ground";
import { headsOf, type Head } from "./heads";
import { drawLessons } from "./lessons";
import { Labels, type Label } from "./labels";
import { faded, paletteOf, type Palette, type Theme } from "./palette";
import { drawMarks, drawRounds, flightsOf, type Flight } from "./rounds";
import { drawChosen, pairOf } from "./chosen";
import { outline, Shapes } from "./shapes";
import { drawSites, hitsBy, isLost, sitesOf, type Site } from "./sites";
import { drawStalks, drawTrails } from "./trails";

/** Metres a pixel below which symbols are full ones, and below which each has its name. */
export const NEAR_M_PX = 160;
const NAMED_M_PX: Record<Side, number> = { hostile: 220, unknown: 220, friend: 250, civil: 60 };

export class Theatre {
  heads: Head[] = [];
  /** Moments drawn so far. */
  frames = 0;
  sites: Site[] = [];
  clusters: Cluster[] = [];
  private lines!: Lines;
  private flights: Flight[] = [];
  private palette!: Palette;
  private shapes!: Shapes;
  private theme: Theme | null = null;
  private ratio = 0;
  private stretch = 0;
  private ground = "";
  private readonly labels = new Labels();
  private readonly below: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;

  constructor(
    private readonly scene: Scene,
    readonly camera: Camera,
    private readonly state: State,
    private readonly canvases: [HTMLCanvasElement, HTMLCanvasElement],
  ) {
    this.below = canvases[0].getContext("2d", { alpha: false })!;
    this.above = canvases[1].getContext("2d")!;
  }

  /** Takes the size of its canvases on the screen. */
  resize(): void {
    const { clientWidth, clientHeight } = this.canvases[1];
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (ratio !== this.ratio) this.theme = null;
    this.ratio = ratio;
    this.camera.hair = 1 / ratio;
    for (const canvas of this.canvases) {
      canvas.width = Math.max(1, Math.round(clientWidth * ratio));
      canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    }
    this.camera.resize(clientWidth, clientHeight);
    this.ground = "";
  }

  /** Sites, made if nothing was drawn yet. */
  sitesNow(): Site[] {
    this.prepare();
    return this.sites;
  }

  draw(): void {
    this.prepare();
    this.frames++;
    const { scene, camera, state, above: ctx, palette } = this;
    this.drawBelow();
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, camera.width, camera.height);
    const heads = (this.heads = headsOf(scene, camera, state));
    drawSites(ctx, camera, this.sites, state.time_s, this.shapes, palette);
    if (state.layers.trails) drawTrails(ctx, scene, camera, heads, palette);
    if (state.layers.stalks) drawStalks(ctx, scene, camera, heads, palette);
    if (state.layers.ellipses) {
      drawEllipses(ctx, scene, camera, heads, palette);
      if (state.layers.truth) drawErrors(ctx, scene, camera, state.time_s, heads, palette);
    }
    drawRounds(ctx, scene, camera, this.flights, state.time_s, palette);
    drawMarks(ctx, scene, camera, this.flights, state.time_s, palette);
    const labels = this.drawHeads(heads);
    if (state.layers.truth && state.layers.tracks && camera.metres_px < 400) {
      const chosen = pairOf(scene, state.selection, state.time_s).object;
      drawLessons(ctx, scene, camera, state.time_s, chosen, palette, labels);
    }
    drawChosen(ctx, scene, camera, state, heads, this.sites, palette, labels);
    if (state.layers.labels) this.labels.draw(ctx, labels, this.marks(), camera.width, camera.height, palette);
  }

  private prepare(): void {
    const { state, scene } = this;
    if (this.theme !== state.theme) {
      this.theme = state.theme;
      this.palette = paletteOf(state.theme);
      this.shapes = new Shapes(this.palette, this.ratio || 1);
      this.ground = "";
    }
    if (this.stretch !== scene.stretch) {
      this.stretch = scene.stretch;
      this.lines = new Lines(scene.ground, scene.frame, scene.stretch);
      this.flights = flightsOf(scene);
      this.sites = sitesOf(scene);
      this.ground = "";
    }
  }

  private drawBelow(): void {
    const { camera, state, below: ctx } = this;
    const zones = this.lines.zones.filter((zone) => zone.begin_s <= state.time_s && state.time_s < zone.end_s);
    const key = `${camera.version}/${state.version}/${zones.length}`;
    if (key === this.ground) return;
    this.ground = key;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    drawGround(ctx, camera, this.lines, state.layers, this.palette, state.time_s);
  }

  private drawHeads(heads: Head[]): Label[] {
    const { camera, above: ctx, shapes, palette, state } = this;
    const isNear = camera.metres_px < NEAR_M_PX;
    const { clusters, single } = isNear ? { clusters: [], single: heads } : clustered(heads);
    this.clusters = clusters;
    const labels: Label[] = this.siteLabels();
    for (const cluster of clusters) this.drawCluster(cluster);
    for (const head of single) {
      const isDrawn = isNear && head.style === "filled" && shapes.symbol(ctx, head.side, head.icon, 27, head.x, head.y);
      if (!isDrawn) shapes.stamp(ctx, head.side, head.style, isNear ? 11 : 8, head.x, head.y);
      // Of two tracks of one object the newest has its name, and the other none.
      const isSecond = head.what === "track" && head.other >= 0 && !isNewest(this.scene, head, state);
      if ((camera.metres_px < NAMED_M_PX[head.side] && !isSecond) || head.priority >= 10) {
        labels.push({
          text: nameOf(this.scene, head, state), x: head.x, y: head.y, gap: isNear ? 17 : 8,
          priority: 10 + head.priority, colour: palette.side[head.side],
        });
      }
    }
    return labels;
  }

  /** What names must not cover. */
  private marks(): { x: number; y: number; half: number }[] {
    const { camera } = this;
    const half = camera.metres_px < NEAR_M_PX ? 8 : 3;
    const sites = this.sites.flatMap((site) =>
      camera.sees(...site.at) ? [{ x: camera.x, y: camera.y, half: site.radius - 3 }] : [],
    );
    const heads = this.heads.map(({ x, y }) => ({ x, y, half }));
    const scale = [20, 45, 70, 95, 120].map((x) => ({ x, y: camera.height - 20, half: 13 }));
    const tools = [20, 50, 80, 110, 140, 170, 200, 230].map((y) => ({ x: camera.width - 27, y, half: 17 }));
    return [...sites, ...scale, ...tools, ...heads, ...this.clusters.map(({ x, y }) => ({ x, y, half: 9 }))];
  }

  private siteLabels(): Label[] {
    const { camera, palette, state } = this;
    if (camera.metres_px > 1500) return [];
    const found: Label[] = [];
    for (const site of this.sites) {
      if (!camera.sees(...site.at)) continue;
      const hits = hitsBy(site, state.time_s);
      const lost = isLost(site, state.time_s);
      const text = lost ? `${site.name} · destroyed` : hits && site.stands ? `${site.name} · ${hits} of ${site.stands} hits` : site.name;
      const colour = hits ? palette.leak : palette.text;
      found.push({ text, x: camera.x, y: camera.y, gap: site.radius + 5, priority: 30, colour });
    }
    return found;
  }

  private drawCluster({ side, style, x, y, members }: Cluster): void {
    const { above: ctx, palette } = this;
    ctx.fillStyle = palette.side[side];
    for (const head of members) ctx.fillRect(head.x - 1.25, head.y - 1.25, 2.5, 2.5);
    ctx.save();
    ctx.translate(x, y);
    outline(ctx, side, 11);
    const isFilled = style === "filled";
    ctx.fillStyle = isFilled ? faded(palette.side[side], 0.92) : palette.halo;
    ctx.strokeStyle = isFilled ? palette.halo : palette.side[side];
    ctx.lineWidth = isFilled ? 2.5 : 1.6;
    if (style === "broken") ctx.setLineDash([3, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fill();
    ctx.fillStyle = isFilled ? palette.ink : palette.side[side];
    ctx.font = "700 10.5px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(String(members.length), 0, 0.5);
    ctx.restore();
  }
}

/** Whether a head is the track that its object was last assigned to. */
function isNewest(scene: Scene, head: Head, state: State): boolean {
  return head.other >= 0 && scene.story.trackOfObject(head.other, state.time_s) === head.index;
}

/** What stands beside a head: who it is, or the number of its track, and how high it flies. */
export function nameOf(scene: Scene, head: Head, state: State): string {
  const flights = head.what === "track" ? scene.tracks : scene.truth;
  const height = flights.placeOf(head.row)[2];
  const high = height >= 1000 ? `${(height / 1000).toFixed(1)} km` : `${Math.max(0, Math.round(height))} m`;
  const object = head.what === "object" ? head.index : state.layers.truth && isNewest(scene, head, state) ? head.other : -1;
  const name = object >= 0 ? scene.header.truth.names[object] : `track ${scene.header.tracks.ids[head.index]}`;
  return `${name} · ${high}`;
}
