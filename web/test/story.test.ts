import { describe, expect, it } from "vitest";
import { Story, type Happening } from "../src/scene/events";
import { instantAt } from "../src/scene/flights";
import { leftAt } from "../src/scene/picture";
import { sentence } from "../src/ui/events";

function told(...rows: [number, string, string, string, string][]): Story {
  const events: Happening[] = rows.map(([time_s, kind, subject, object, detail]) => ({ time_s, kind, subject, object, detail }));
  const objects = new Map([["cruise[0]", 0], ["cruise[1]", 1]]);
  const tracks = new Map([["track 7", 0], ["track 9", 1]]);
  return new Story(events, objects, tracks, 100, new Map([["near.radar", "near"], ["far.radar", "far"]]));
}

describe("who is taken for whom", () => {
  const story = told(
    [10, "track assigned", "cruise[0]", "track 7", ""],
    [20, "track lost", "cruise[0]", "track 7", ""],
    [30, "track assigned", "cruise[1]", "track 7", ""],
    [50, "leak", "cruise[1]", "port", "no ready round"],
  );

  it("holds from being assigned to being lost", () => {
    expect([5, 10, 19, 20].map((t) => story.trackOfObject(0, t))).toEqual([-1, 0, 0, -1]);
  });

  it("ends with the object", () => {
    expect(story.trackOfObject(1, 49)).toBe(0);
    expect(story.trackOfObject(1, 51)).toBe(-1);
  });

  it("tells when a track goes over to another object", () => {
    expect(story.swaps).toEqual([{ time_s: 30, track: 0, from: 0, to: 1 }]);
  });
});

describe("a track that takes over", () => {
  it("ends the one before it, in the same net only", () => {
    const rows: [number, string, string, string, string][] = [
      [1, "track confirmed", "track 7", "near.radar", ""],
      [1, "track confirmed", "track 9", "near.radar", ""],
      [10, "track assigned", "cruise[0]", "track 7", ""],
      [20, "track assigned", "cruise[0]", "track 9", ""],
    ];
    expect(told(...rows).matches.map((match) => match.to_s)).toEqual([20, 100]);
    rows[1] = [1, "track confirmed", "track 9", "far.radar", ""];
    expect(told(...rows).matches.map((match) => match.to_s)).toEqual([100, 100]);
  });

  it("leaves the object that it followed before", () => {
    const story = told(
      [10, "track assigned", "cruise[0]", "track 7", ""],
      [20, "track assigned", "cruise[1]", "track 7", ""],
    );
    expect([story.trackOfObject(0, 25), story.trackOfObject(1, 25)]).toEqual([-1, 0]);
  });

  it("follows nobody once it is dropped", () => {
    const story = told([10, "track assigned", "cruise[0]", "track 7", ""], [30, "track dropped", "track 7", "", ""]);
    expect(story.trackOfObject(0, 31)).toBe(-1);
  });
});

describe("rounds", () => {
  const story = told(
    [10, "track assigned", "cruise[0]", "track 7", ""],
    [40, "launch", "round 1", "track 7", "48n6e3 from force/92n6e[8]"],
    [41, "launch", "round 2", "track 7", "9m96e2 from force"],
    [60, "miss", "round 1", "", "nothing in the acquisition basket"],
    [70, "kill", "round 2", "cruise[0]", "39 m from the aim point"],
  );

  it("know type, unit, start, end and outcome", () => {
    expect(story.shots[1]).toMatchObject({ type: "9m96e2", unit: "force", from_s: 41, to_s: 70, outcome: "kill", object: 0 });
  });

  it("that met nothing are still about the object that was meant", () => {
    expect(story.shots[0]).toMatchObject({ outcome: "miss", object: 0, unit: "force/92n6e[8]" });
  });

  it("end what they kill", () => {
    expect(story.ends.get(0)).toMatchObject({ time_s: 70, how: "killed" });
  });
});

describe("numbers of a moment", () => {
  it("come from the last instant before it", () => {
    const instants = Float64Array.of(1, 3, 5);
    expect([0, 1, 2.9, 3, 9].map((t) => instantAt(instants, t))).toEqual([0, 0, 0, 1, 2]);
  });

  it("count rounds down as they are fired", () => {
    const magazine = { group: "a", type: "b", loaded: 4, fired_s: [10, 12] };
    expect([9, 10, 12].map((t) => leftAt(magazine, t))).toEqual([4, 3, 2]);
  });
});

describe("an event", () => {
  it("is a sentence for every kind", () => {
    const event = { time_s: 1, subject: "track 7", object: "battalion", detail: "1 round 48n6e3" };
    expect(sentence({ ...event, kind: "order" })).toBe("battalion ordered: 1 round 48n6e3 at track 7");
    expect(sentence({ ...event, kind: "something new" })).toBe("something new · track 7 · battalion · 1 round 48n6e3");
  });
});
