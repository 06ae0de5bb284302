/** What every part of the page shares: the conversation, its clock, which highlights are shown and which one is looked at. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { ConversationModel } from "./model/conversation";
import { type Highlight, type Kind, kinds, step } from "./model/highlights";
import type { Interaction, Words } from "./model/types";
import type { Playback } from "./playback";

export type Focus = { readonly kind: Kind; readonly group: string };

export type Conversation = {
  readonly interaction: Interaction;
  readonly model: ConversationModel;
  readonly words: Words | null;
  readonly playback: Playback;
  readonly shown: ReadonlySet<Kind>;
  readonly toggleKind: (kind: Kind) => void;
  /** A call-out or topic whose passages are stepped through. */
  readonly focus: Focus | null;
  readonly activeId: string | null;
  readonly visit: (highlight: Highlight) => void;
  readonly visitGroup: (focus: Focus | null) => void;
  readonly stepHighlight: (direction: 1 | -1) => void;
  readonly following: boolean;
  readonly setFollowing: (following: boolean) => void;
  /** Moves the clock, and the transcript with it. */
  readonly goTo: (ms: number) => void;
  readonly playPassage: (fromMs: number, toMs: number) => void;
};

const ConversationContext = createContext<Conversation | null>(null);

export function useConversation(): Conversation {
  const found = useContext(ConversationContext);
  if (!found) throw new Error("useConversation is called outside the interaction page");
  return found;
}

type ProviderProps = Pick<Conversation, "interaction" | "model" | "words" | "playback"> & { readonly children: ReactNode };

export function ConversationProvider({ interaction, model, words, playback, children }: ProviderProps) {
  const reading = useReading(playback);
  const marks = useMarks(model, playback, reading.goTo);
  const value = useMemo(
    () => ({ interaction, model, words, playback, ...reading, ...marks }),
    [interaction, model, words, playback, reading, marks],
  );
  return <ConversationContext value={value}>{children}</ConversationContext>;
}

function useReading(playback: Playback) {
  const [following, setFollowing] = useState(true);
  const goTo = useCallback(
    (ms: number) => {
      setFollowing(true);
      playback.seek(ms);
    },
    [playback],
  );
  const playPassage = useCallback(
    (fromMs: number, toMs: number) => {
      setFollowing(true);
      void playback.playRange(fromMs, toMs);
    },
    [playback],
  );
  return useMemo(() => ({ following, setFollowing, goTo, playPassage }), [following, goTo, playPassage]);
}

function useMarks(model: ConversationModel, playback: Playback, goTo: (ms: number) => void) {
  const [shown, setShown] = useState<ReadonlySet<Kind>>(() => new Set(kinds));
  const [focus, setFocus] = useState<Focus | null>(null);
  const [activeId, setActive] = useState<string | null>(null);
  return useMemo(() => {
    const visit = (one: Highlight) => {
      setShown((all) => new Set([...all, one.kind]));
      setActive(one.id);
      goTo(one.startMs);
    };
    const inGroup = (one: Highlight, group: Focus) => one.kind === group.kind && one.group === group.group;
    const stepHighlight = (direction: 1 | -1) => {
      const list = model.highlights.filter((one) => (focus ? inGroup(one, focus) : shown.has(one.kind)));
      const next = step(list, activeId, playback.time(), direction);
      if (next) visit(next);
    };
    const visitGroup = (next: Focus | null) => {
      setFocus(next);
      const first = next && model.highlights.find((one) => inGroup(one, next));
      if (first) visit(first);
      else setActive(null);
    };
    const toggleKind = (kind: Kind) => setShown((all) => toggled(all, kind));
    return { shown, toggleKind, focus, activeId, visit, visitGroup, stepHighlight };
  }, [shown, focus, activeId, model, playback, goTo]);
}

function toggled(all: ReadonlySet<Kind>, kind: Kind): ReadonlySet<Kind> {
  const next = new Set(all);
  if (!next.delete(kind)) next.add(kind);
  return next;
}
