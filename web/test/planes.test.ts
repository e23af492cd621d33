import { describe, expect, it } from "vitest";
import { unpacked, unpackedBytes } from "../src/scene/planes";

/** Four planes of the bytes of some folded numbers. */
function planes(folded: number[]): Uint8Array {
  const n = folded.length;
  const out = new Uint8Array(4 * n);
  folded.forEach((value, i) => {
    for (let k = 0; k < 4; k++) out[k * n + i] = (value >>> (8 * k)) & 255;
  });
  return out;
}

describe("numbers out of planes", () => {
  it("are sums of sums, the first as it stands", () => {
    // 100, then steps of 3, 3 and 1: folded 200, 6, 0, and −2 as 3.
    expect([...unpacked(planes([200, 6, 0, 3]), [0])]).toEqual([100, 103, 106, 107]);
  });

  it("begin anew with each piece", () => {
    expect([...unpacked(planes([200, 6, 10, 2]), [0, 2])]).toEqual([100, 103, 5, 6]);
  });

  it("hold the least and the most that 32 bits can", () => {
    expect([...unpacked(planes([0xffffffff, 0xfffffffe]), [0, 1])]).toEqual([-(2 ** 31), 2 ** 31 - 1]);
  });

  it("are none out of nothing", () => {
    expect(unpacked(new Uint8Array(0), []).length).toBe(0);
  });
});

describe("bytes out of differences", () => {
  it("wrap at 256", () => {
    expect([...unpackedBytes(new Uint8Array([250, 10, 255]))]).toEqual([250, 4, 3]);
  });
});
