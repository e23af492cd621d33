// Opens a scene: gunzips it, reads the header, hands out sections by name.

export interface Pieces {
  owner: number[];
  first: number[];
  length: number[];
}

export interface Header {
  format: number;
  about: Record<string, string | number | string[]>;
  summary: Summary;
  ground: Partial<Ground>;
  truth: {
    names: string[];
    kinds: string[];
    sides: string[];
    kind: number[];
    side: number[];
    pieces: Pieces;
    step: [number, number];
  };
  tracks: {
    ids: number[];
    statuses: string[];
    identities: string[];
    pieces: Pieces;
    step: [number, number];
    every: number;
    sigma_m: [number, number];
    has_axes: boolean;
    has_posterior: boolean;
  };
  events: { kind: string[]; subject: string[]; object: string[]; detail: string[] };
  sections: Record<string, [offset: number, length: number]>;
}

export interface Summary {
  title?: string;
  threats?: { total: Record<string, number>; by_class: Record<string, Record<string, number>> };
  causes?: Record<string, number>;
  assets?: Record<string, { hits: number; stands: number; value: number; destroyed_s: number | null }>;
  [key: string]: unknown;
}

/** Latitude [deg], longitude [deg], height [m]. */
export type Place = [lat: number, lon: number, height: number];

/** An area at one altitude; the hole may be empty. */
export interface Ring {
  altitude_m: number;
  outline: Place[];
  hole: Place[];
}

export interface Ground {
  origin: Place;
  duration_s: number;
  is_perfect: boolean;
  coast: Place[][];
  assets: { name: string; place: Place; value: number; hits: number; block: string }[];
  blocks: { name: string; system_name: string; net: string; place: Place; facing_deg: number }[];
  radars: { name: string; title: string; block: string; role: string; place: Place; rings: Ring[] }[];
  launchers: {
    name: string;
    block: string;
    place: Place;
    channels: number;
    rounds: { name: string; title: string; count: number }[];
  }[];
  envelopes: { name: string; title: string; rings: Ring[] }[];
  links: { name: string; title: string; source: string; to: string; places: Place[] }[];
  zones: { name: string; rule: string; places: Place[]; begin_s: number; end_s: number }[];
  axes: { name: string; threat: string; target: string; number: number; places: Place[] }[];
  routes: { name: string; aircraft: string; side: string; places: Place[] }[];
  kinds: { entry: string; name: string; side: string; count: number }[];
  altitudes_m: number[];
}

export interface Container {
  header: Header;
  section(name: string): Uint8Array;
}

export class SceneError extends Error {}

/** Opens the bytes of a scene, gzipped as `bartizan` writes them. */
export async function opened(gzipped: Uint8Array): Promise<Container> {
  const bytes = await inflated(gzipped);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "BZS1") {
    throw new SceneError("This is no scene of Bartizan, or one of another version.");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  const section = (name: string): Uint8Array => {
    const [offset, size] = header.sections[name] ?? [0, 0];
    return bytes.subarray(8 + length + offset, 8 + length + offset + size);
  };
  return { header, section };
}

async function inflated(gzipped: Uint8Array): Promise<Uint8Array> {
  try {
    const stream = new Blob([gzipped as BlobPart]).stream();
    const whole = stream.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(whole).arrayBuffer());
  } catch (error) {
    throw new SceneError(`The scene cannot be unpacked: ${String(error)}`);
  }
}
