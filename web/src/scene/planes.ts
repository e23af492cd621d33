// Reads what `bartizan/replay/planes.py` packs: second differences, their bytes in planes.

/**
 * Whole numbers out of the planes of the bytes of their second differences.
 *
 * `starts` holds where each piece begins, ascending, the first at 0. All sums wrap at 2³².
 */
export function unpacked(bytes: Uint8Array, starts: ArrayLike<number>): Int32Array {
  const n = bytes.length >> 2;
  const out = new Int32Array(n);
  for (let piece = 0; piece < starts.length; piece++) {
    const end = piece + 1 < starts.length ? starts[piece + 1]! : n;
    let value = 0;
    let step = 0;
    for (let i = starts[piece]!; i < end; i++) {
      const folded =
        bytes[i]! | (bytes[n + i]! << 8) | (bytes[2 * n + i]! << 16) | (bytes[3 * n + i]! << 24);
      const twice = (folded >>> 1) ^ -(folded & 1);
      step = (step + twice) | 0;
      value = (value + step) | 0;
      out[i] = value;
      // What was written first is the value itself; the way to the second begins from it.
      if (i === starts[piece]) step = 0;
    }
  }
  return out;
}

/** Numbers 0…255 out of their differences. */
export function unpackedBytes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    value += bytes[i]!; // the column wraps it
    out[i] = value;
  }
  return out;
}
