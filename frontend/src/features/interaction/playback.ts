/**
 * The one clock of the page. Its time changes every frame, so only what asks for it by `useTime` renders then, and only when the value
 * it selects has changed; the playhead listens without React. Works without a recording too: then the time moves by seeking alone.
 */
import { useCallback, useSyncExternalStore } from "react";

export type PlaybackState = {
  readonly playing: boolean;
  readonly rate: number;
  readonly waiting: boolean;
  readonly failed: boolean;
  readonly ready: boolean;
};

type Frames = { readonly request: (run: () => void) => number; readonly cancel: (id: number) => void };

const browserFrames: Frames = { request: (run) => requestAnimationFrame(run), cancel: (id) => cancelAnimationFrame(id) };

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export class Playback {
  private element: HTMLMediaElement | null = null;
  private ms = 0;
  private stopMs: number | null = null;
  private frame = 0;
  private state: PlaybackState;
  private readonly stateListeners = new Set<() => void>();
  private readonly timeListeners = new Set<() => void>();
  private readonly frames: Frames;
  durationMs: number;

  constructor(durationMs: number, rate = 1, frames: Frames = browserFrames) {
    this.durationMs = durationMs;
    this.frames = frames;
    this.state = { playing: false, rate, waiting: false, failed: false, ready: false };
  }

  /** Takes over an audio or video element; returns the way to let go of it. The time stays. */
  attach(element: HTMLMediaElement): () => void {
    this.element = element;
    const handlers: Record<string, () => void> = {
      loadedmetadata: () => this.onReady(),
      play: () => this.onPlaying(true),
      playing: () => this.set({ waiting: false, playing: true }),
      pause: () => this.onPlaying(false),
      ended: () => this.onPlaying(false),
      waiting: () => this.set({ waiting: true }),
      seeked: () => this.set({ waiting: false }),
      timeupdate: () => this.onTime(),
      error: () => this.set({ failed: true, playing: false, waiting: false }),
    };
    for (const [name, handler] of Object.entries(handlers)) element.addEventListener(name, handler);
    if (element.readyState >= 1) this.onReady();
    return () => {
      for (const [name, handler] of Object.entries(handlers)) element.removeEventListener(name, handler);
      this.frames.cancel(this.frame);
      element.pause();
      if (this.element === element) this.element = null;
      this.set({ playing: false, ready: false, waiting: false });
    };
  }

  readonly subscribeState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  readonly subscribeTime = (listener: () => void): (() => void) => {
    this.timeListeners.add(listener);
    return () => this.timeListeners.delete(listener);
  };

  readonly snapshot = (): PlaybackState => this.state;
  readonly time = (): number => this.ms;

  seek(ms: number): void {
    this.stopMs = null;
    this.moveTo(ms);
  }

  skip(byMs: number): void {
    this.seek(this.ms + byMs);
  }

  async play(): Promise<void> {
    if (!this.element || this.state.failed) return;
    if (this.ms >= this.durationMs - 50) this.moveTo(0);
    // Refused where the browser wants a gesture first, or where the load failed: the state then says so by itself.
    await this.element.play().catch(() => undefined);
  }

  pause(): void {
    this.element?.pause();
  }

  toggle(): void {
    if (this.state.playing) this.pause();
    else void this.play();
  }

  /** Plays one passage and stops at its end. */
  async playRange(fromMs: number, toMs: number): Promise<void> {
    this.moveTo(fromMs);
    this.stopMs = toMs;
    await this.play();
  }

  setRate(rate: number): void {
    if (this.element) this.element.playbackRate = rate;
    this.set({ rate });
  }

  /** The next of the offered speeds, slower or faster. */
  stepRate(direction: 1 | -1): number {
    const list = direction === 1 ? rates : [...rates].reverse();
    const next = list.find((rate) => (rate - this.state.rate) * direction > 0) ?? this.state.rate;
    this.setRate(next);
    return next;
  }

  /** Loads again after a failure. */
  reload(): void {
    this.set({ failed: false, ready: false });
    this.element?.load();
  }

  private moveTo(ms: number): void {
    this.ms = Math.min(Math.max(0, ms), this.durationMs);
    if (this.element && this.element.readyState >= 1) this.element.currentTime = this.ms / 1000;
    this.emitTime();
  }

  private onReady(): void {
    if (!this.element) return;
    this.element.playbackRate = this.state.rate;
    if (Math.abs(this.element.currentTime * 1000 - this.ms) > 1) this.element.currentTime = this.ms / 1000;
    this.set({ ready: true, failed: false });
  }

  private onPlaying(playing: boolean): void {
    this.frames.cancel(this.frame);
    this.set({ playing, ...(playing ? {} : { waiting: false }) });
    if (playing) this.frame = this.frames.request(this.tick);
  }

  private readonly tick = (): void => {
    this.onTime();
    if (this.state.playing) this.frame = this.frames.request(this.tick);
  };

  private onTime(): void {
    // Before its data is there, and while it seeks, the element does not know the time that was asked for.
    if (!this.element || !this.state.ready || this.element.seeking) return;
    this.ms = this.element.currentTime * 1000;
    if (this.stopMs !== null && this.ms >= this.stopMs) {
      this.stopMs = null;
      this.element.pause();
    }
    this.emitTime();
  }

  private emitTime(): void {
    for (const listener of this.timeListeners) listener();
  }

  private set(change: Partial<PlaybackState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.stateListeners) listener();
  }
}

export function usePlaybackState(playback: Playback): PlaybackState {
  return useSyncExternalStore(playback.subscribeState, playback.snapshot);
}

/** `select` gives a primitive: the component renders when that changes, not when the time does. */
export function useTime<T extends string | number | boolean>(playback: Playback, select: (ms: number) => T): T {
  const snapshot = useCallback(() => select(playback.time()), [playback, select]);
  return useSyncExternalStore(playback.subscribeTime, snapshot);
}
