import { describe, expect, it } from "vitest";
import { areaOf, classOf, line, pathOf, pieces, reach, scoreClass, valueAt } from "./sentiment";
import { shortName, speakerName } from "./speakers";
import { bars, readPeaks, sidesOf } from "./waveform";

const scale = { durationMs: 1_000, fromMs: 0, toMs: 1_000, width: 30 };

function peakBytes(...channels: readonly number[][]): ArrayBuffer {
  const points = channels[0]?.length ?? 0;
  const bytes = new Uint8Array(8 + channels.length * points);
  bytes[0] = channels.length;
  new DataView(bytes.buffer).setUint32(4, points, true);
  for (const [index, channel] of channels.entries()) bytes.set(channel, 8 + index * points);
  return bytes.buffer;
}

describe("peaks", () => {
  it("are read by their header", () => {
    const peaks = readPeaks(peakBytes([1, 2, 3], [4, 5, 6]));
    expect(peaks?.points).toBe(3);
    expect(peaks?.channels.map((channel) => [...channel])).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("that are cut short or empty are none", () => {
    expect(readPeaks(new ArrayBuffer(3))).toBeNull();
    expect(readPeaks(peakBytes([]))).toBeNull();
    expect(readPeaks(peakBytes([1, 2, 3]).slice(0, 9))).toBeNull();
  });

  it("put the agent up, whichever channel that is", () => {
    const peaks = readPeaks(peakBytes([1], [2]));
    if (!peaks) throw new Error("no peaks");
    expect([...sidesOf(peaks, ["CONSUMER", "AGENT"]).up]).toEqual([2]);
    expect(sidesOf(peaks, []).mixed).toBe(true);
    const one = readPeaks(peakBytes([7]));
    if (!one) throw new Error("no peaks");
    expect(sidesOf(one, ["AGENT"])).toMatchObject({ mixed: true, up: one.channels[0], down: one.channels[0] });
  });
});

describe("bars", () => {
  it("reach as high as the loudest peak below them", () => {
    const found = bars(Uint8Array.from([0, 100, 0, 50, 0, 0, 0, 0, 0, 0]), scale, 6, 20);
    expect(found.map((bar) => bar.x)).toEqual([0, 6, 12, 18, 24]);
    expect(found.map((bar) => bar.height)).toEqual([20, 10, 1, 1, 1]);
  });

  it("keep their places while the view moves", () => {
    const side = new Uint8Array(100).fill(9);
    const [first] = bars(side, { ...scale, fromMs: 130, toMs: 630 }, 6, 20);
    expect(first?.x).toBeLessThanOrEqual(0);
  });
});

describe("sentiment line", () => {
  const points = [
    { ms: 100, value: 0, segment: 0 },
    { ms: 500, value: -0.4, segment: 1 },
    { ms: 900, value: 0.4, segment: 2 },
  ];
  const whole = line(points, 1_000);

  it("reaches from the beginning to the end", () => {
    expect(whole[0]).toEqual({ ms: 0, value: 0 });
    expect(whole.at(-1)).toEqual({ ms: 1_000, value: 0.4 });
    expect(line([], 1_000)).toEqual([]);
  });

  it("changes colour where it crosses a threshold", () => {
    const cut = pieces(whole);
    expect(cut.map((piece) => piece.of)).toEqual(["NEUTRAL", "NEGATIVE", "NEUTRAL", "POSITIVE"]);
    expect(cut[1]?.points[0]).toMatchObject({ ms: 300, value: -0.2 });
    expect(cut[1]?.points.at(-1)).toMatchObject({ ms: 600, value: -0.2 });
    expect(cut[0]?.points.at(-1)).toEqual(cut[1]?.points[0]);
  });

  it("is drawn, and filled down to its threshold", () => {
    const cut = pieces(whole);
    const same = (value: number) => value;
    expect(pathOf(whole.slice(0, 2), same, same)).toBe("M0 0L100 0");
    expect(areaOf(cut[0] as (typeof cut)[0], same, same)).toBe("");
    expect(areaOf(cut[1] as (typeof cut)[0], same, (v) => v * 10)).toMatch(/Z$/);
  });

  it("has a value everywhere and a reach that keeps noise small", () => {
    expect(valueAt(whole, 300)).toBeCloseTo(-0.2);
    expect(valueAt(whole, 5_000)).toBe(0.4);
    expect(valueAt([], 0)).toBe(0);
    expect(reach([{ ms: 0, value: 0.1 }])).toBeCloseTo(0.54);
  });

  it("takes its classes from the shipped thresholds", () => {
    expect([0.2, 0.19, -0.2].map(classOf)).toEqual(["POSITIVE", "NEUTRAL", "NEGATIVE"]);
    expect([40, 41, 59, 60].map(scoreClass)).toEqual(["NEGATIVE", "NEUTRAL", "NEUTRAL", "POSITIVE"]);
  });
});

describe("speakers", () => {
  it("are called by the transcript, else by the facts, else by the role", () => {
    const facts = { agent: { id: "g", name: "Priya Nair", email: null, externalId: null }, consumer: null };
    expect(speakerName({ name: "P. Nair", role: "AGENT" }, facts)).toBe("P. Nair");
    expect(speakerName({ name: null, role: "AGENT" }, facts)).toBe("Priya Nair");
    expect(speakerName({ name: null, role: "CONSUMER" }, facts)).toBe("Consumer");
    expect(shortName(" Priya Nair")).toBe("Priya");
  });
});
