import { describe, expect, it } from "vitest";
import { clustered } from "../src/draw/clusters";
import { scaleBar } from "../src/draw/graticule";
import type { Head } from "../src/draw/heads";
import { altitude, bearing, clock, length, percent } from "../src/ui/words";

function head(index: number, x: number, y: number, more: Partial<Head> = {}): Head {
  return {
    what: "track", index, piece: index, row: 0, side: "hostile", style: "filled", icon: "air", x, y,
    at: [0, 0, 0], other: -1, priority: 3, ...more,
  };
}

describe("clusters", () => {
  const crowd = Array.from({ length: 6 }, (_, i) => head(i, 100 + i, 100));

  it("count those of one side that crowd together", () => {
    const { clusters, single } = clustered([...crowd, head(9, 300, 300)]);
    expect(clusters.map((each) => each.members.length)).toEqual([6]);
    expect(single.map((each) => each.index)).toEqual([9]);
  });

  it("never hold two sides", () => {
    const mixed = crowd.map((each, i) => ({ ...each, side: i < 3 ? ("civil" as const) : ("hostile" as const) }));
    expect(clustered(mixed).clusters).toEqual([]);
  });

  it("never hold what is tracked with what nobody tracks", () => {
    const mixed = crowd.map((each, i) => ({ ...each, style: i < 3 ? ("hollow" as const) : ("filled" as const) }));
    expect(clustered(mixed).clusters).toEqual([]);
  });

  it("leave out what is selected", () => {
    const chosen = crowd.map((each) => (each.index === 2 ? { ...each, priority: 13 } : each));
    const { clusters, single } = clustered(chosen);
    expect(clusters[0]!.members.length).toBe(5);
    expect(single.map((each) => each.index)).toEqual([2]);
  });

  it("do not hang on the order in which heads come", () => {
    const spread = Array.from({ length: 30 }, (_, i) => head(i, 100 + 4 * i + 0.2 * i * i, 100));
    const found = (heads: Head[]): string[] =>
      clustered(heads).clusters.map((each) => each.members.map((member) => member.index).sort().join());
    expect(found(spread).length).toBeGreaterThan(2);
    expect(found([...spread].reverse())).toEqual(found(spread));
  });
});

describe("the scale bar", () => {
  it("is the greatest round length that finds room", () => {
    expect(scaleBar(100, 110)).toEqual({ length_m: 10000, width_px: 100 });
    expect(scaleBar(100, 80).length_m).toBe(5000);
  });
});

describe("words", () => {
  it("are short and exact", () => {
    expect(clock(581.4)).toBe("9:41");
    expect(length(20000)).toBe("20 km");
    expect(length(1234)).toBe("1.2 km");
    expect(altitude(50.4)).toBe("50 m");
    expect(bearing(-1)).toBe("359°");
    expect(bearing(359.8)).toBe("000°");
    expect([percent(0.999), percent(0.5), percent(0.001)]).toEqual(["> 99 %", "50 %", "< 1 %"]);
  });
});
