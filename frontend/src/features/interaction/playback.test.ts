import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Playback, usePlaybackState, useTime } from "./playback";

/** What a browser's media element does, without sound. */
class FakeMedia extends EventTarget {
  readyState = 0;
  currentTime = 0;
  playbackRate = 1;
  seeking = false;
  refuses = false;
  load = vi.fn();

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new Error("not allowed"));
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  }

  pause(): void {
    this.dispatchEvent(new Event("pause"));
  }

  becomeReady(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("loadedmetadata"));
  }
}

function setUp(durationMs = 10_000) {
  let next: (() => void) | null = null;
  const frames = {
    request: (run: () => void) => {
      next = run;
      return 1;
    },
    cancel: () => {
      next = null;
    },
  };
  const playback = new Playback(durationMs, 1, frames);
  const media = new FakeMedia();
  const detach = playback.attach(media as unknown as HTMLMediaElement);
  const frame = (seconds: number) => {
    media.currentTime = seconds;
    const run = next;
    next = null;
    run?.();
  };
  return { playback, media, frame, detach, isTicking: () => next !== null };
}

describe("Playback", () => {
  it("keeps a moment asked for before the recording is there", () => {
    const { playback, media } = setUp();
    playback.seek(4_200);
    expect(playback.time()).toBe(4_200);
    expect(media.currentTime).toBe(0);
    media.becomeReady();
    expect(media.currentTime).toBe(4.2);
  });

  it("keeps it too where the reader presses play before there is any data", async () => {
    const { playback, media, frame } = setUp();
    playback.seek(4_200);
    await playback.play();
    frame(0);
    expect(playback.time()).toBe(4_200);
    media.becomeReady();
    expect(media.currentTime).toBe(4.2);
  });

  it("tells the time each frame while it plays, and stops at the pause", async () => {
    const { playback, media, frame, isTicking } = setUp();
    media.becomeReady();
    await playback.play();
    frame(1.5);
    expect(playback.time()).toBe(1_500);
    playback.pause();
    expect(isTicking()).toBe(false);
    expect(playback.snapshot().playing).toBe(false);
  });

  it("stops at the end of a passage, once", async () => {
    const { playback, media, frame } = setUp();
    media.becomeReady();
    await playback.playRange(2_000, 3_000);
    expect(media.currentTime).toBe(2);
    frame(2.9);
    expect(playback.snapshot().playing).toBe(true);
    frame(3.01);
    expect(playback.snapshot().playing).toBe(false);
    await playback.play();
    frame(3.5);
    expect(playback.snapshot().playing).toBe(true);
  });

  it("a seek inside a passage forgets its end", async () => {
    const { playback, media, frame } = setUp();
    media.becomeReady();
    await playback.playRange(2_000, 3_000);
    playback.seek(2_500);
    frame(3.2);
    expect(playback.snapshot().playing).toBe(true);
  });

  it("stays within the recording and begins again at its end", async () => {
    const { playback, media } = setUp();
    media.becomeReady();
    playback.skip(-5_000);
    expect(playback.time()).toBe(0);
    playback.skip(99_000);
    expect(playback.time()).toBe(10_000);
    await playback.play();
    expect(media.currentTime).toBe(0);
  });

  it("steps through the speeds and keeps them over a new element", () => {
    const { playback, media } = setUp();
    expect(playback.stepRate(1)).toBe(1.25);
    expect(media.playbackRate).toBe(1.25);
    playback.setRate(2);
    expect(playback.stepRate(1)).toBe(2);
    expect(playback.stepRate(-1)).toBe(1.75);
    const other = new FakeMedia();
    playback.attach(other as unknown as HTMLMediaElement);
    other.becomeReady();
    expect(other.playbackRate).toBe(1.75);
  });

  it("says that a recording failed, and loads it again", async () => {
    const { playback, media } = setUp();
    media.dispatchEvent(new Event("error"));
    expect(playback.snapshot().failed).toBe(true);
    await playback.play();
    expect(playback.snapshot().playing).toBe(false);
    playback.reload();
    expect(media.load).toHaveBeenCalledOnce();
    expect(playback.snapshot().failed).toBe(false);
  });

  it("bears a browser that refuses to play", async () => {
    const { playback, media } = setUp();
    media.refuses = true;
    await expect(playback.play()).resolves.toBeUndefined();
    expect(playback.snapshot().playing).toBe(false);
  });

  it("moves by seeking alone where there is no recording", () => {
    const playback = new Playback(5_000);
    playback.toggle();
    playback.seek(1_000);
    expect(playback.time()).toBe(1_000);
    expect(playback.snapshot().playing).toBe(false);
  });

  it("shows that it waits for data", () => {
    const { playback, media } = setUp();
    media.dispatchEvent(new Event("waiting"));
    expect(playback.snapshot().waiting).toBe(true);
    media.dispatchEvent(new Event("playing"));
    expect(playback.snapshot().waiting).toBe(false);
  });

  it("lets go of its element", () => {
    const { playback, media, detach } = setUp();
    detach();
    media.dispatchEvent(new Event("error"));
    expect(playback.snapshot().failed).toBe(false);
  });
});

describe("useTime", () => {
  it("renders only when what it selects changes", () => {
    const { playback } = setUp();
    const renders = vi.fn();
    const second = (ms: number) => Math.floor(ms / 1000);
    const { result } = renderHook(() => {
      renders();
      return useTime(playback, second);
    });
    act(() => playback.seek(300));
    act(() => playback.seek(900));
    expect(renders).toHaveBeenCalledTimes(1);
    act(() => playback.seek(1_100));
    expect(result.current).toBe(1);
    expect(renders).toHaveBeenCalledTimes(2);
  });

  it("shows the state", () => {
    const { playback } = setUp();
    const { result } = renderHook(() => usePlaybackState(playback));
    act(() => playback.setRate(1.5));
    expect(result.current.rate).toBe(1.5);
  });
});
