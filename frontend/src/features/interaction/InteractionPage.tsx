import "./interaction.css";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { listMemory } from "@/lib/list-memory";
import { useMedia } from "@/lib/media";
import { ConversationProvider, useConversation } from "./conversation";
import { Header } from "./Header";
import { usePageKeys } from "./keys";
import { toModel } from "./model/conversation";
import { rowAt } from "./model/rows";
import type { Interaction, Words } from "./model/types";
import { neighboursOf } from "./neighbours";
import { PageSkeleton } from "./PageSkeleton";
import { SideTabs } from "./panel/SideTabs";
import { Player } from "./player/Player";
import type { DetailSearch } from "./search";
import type { English } from "./transcript/english";
import { Transcript } from "./transcript/Transcript";
import { TranscriptBar } from "./transcript/TranscriptBar";
import { useSearch } from "./transcript/useSearch";
import { useInteraction } from "./useInteraction";
import { usePlayer } from "./usePlayer";

// What most calls do without: a sheet for narrow screens, notices where something is missing, the choice of language where translated.
const BottomSheet = lazy(async () => ({ default: (await import("./panel/BottomSheet")).BottomSheet }));
const TranscriptNotice = lazy(async () => ({ default: (await import("./transcript/states")).TranscriptNotice }));
const TranslationBar = lazy(async () => ({ default: (await import("./transcript/translation/TranslationBar")).TranslationBar }));
const VideoPanel = lazy(async () => ({ default: (await import("./player/VideoPanel")).VideoPanel }));

type PageProps = {
  readonly id: string;
  readonly search: DetailSearch;
  readonly onSearch: (next: DetailSearch, replace: boolean) => void;
};

/** One interaction: player, transcript, and what the analysis found. */
export function InteractionPage({ id, search, onSearch }: PageProps) {
  const { interaction, words, missing, error, loading, again } = useInteraction(id);
  const slow = useSlow(loading);
  if (missing) return <Missing />;
  if (error) return <ErrorPanel message={errorMessage(error)} onRetry={again} />;
  if (!interaction) return slow ? <PageSkeleton /> : null;
  return <Loaded interaction={interaction} words={words} search={search} onSearch={onSearch} />;
}

type LoadedProps = Omit<PageProps, "id"> & { readonly interaction: Interaction; readonly words: Words | null };

function Loaded({ interaction, words, search, onSearch }: LoadedProps) {
  const model = useMemo(() => toModel(interaction), [interaction]);
  const playback = usePlayer(interaction.id, model.durationMs, search.t);
  return (
    <ConversationProvider interaction={interaction} model={model} words={words} playback={playback}>
      <Layout search={search} onSearch={onSearch} />
    </ConversationProvider>
  );
}

function Layout({ search: address, onSearch }: Pick<PageProps, "search" | "onSearch">) {
  const { interaction, model, playback } = useConversation();
  const wide = useMedia("(min-width: 1100px)");
  const field = useRef<HTMLInputElement>(null);
  const segmentNow = () => {
    const row = model.rows[rowAt(model.rows, playback.time())];
    return row?.kind === "turn" ? (row.segments[0] ?? 0) : 0;
  };
  const search = useSearch(model.texts, address.q ?? "", segmentNow);
  const onQuery = useCallback((q: string) => onSearch(without(address, "q", q), true), [address, onSearch]);
  const onTab = useCallback(
    (tab: string) => onSearch(without(address, "tab", tab === "details" ? "details" : ""), false),
    [address, onSearch],
  );
  const [english, setEnglish] = useState<English | null>(null);
  const onRead = useCallback((read: DetailSearch["read"] | "") => onSearch(without(address, "read", read), true), [address, onSearch]);
  const neighbours = useMemo(() => neighboursOf(interaction.id, listMemory(), interaction.engagement.interactions), [interaction]);
  usePageKeys(neighbours, () => field.current?.focus());
  const tabs = <SideTabs tab={address.tab ?? "analytics"} onTab={onTab} />;
  const { media } = interaction;
  const video = media?.hasVideo ? (
    <Suspense>
      <VideoPanel media={media} />
    </Suspense>
  ) : null;
  return (
    <>
      <Header neighbours={neighbours} />
      <Player />
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <section aria-label={t("Conversation")} className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden">
          {!wide && video}
          {model.rows.length > 0 && <TranscriptBar ref={field} search={search} onQuery={onQuery} />}
          {interaction.transcript?.translation && (
            <Suspense>
              <TranslationBar read={address.read} onRead={onRead} onEnglish={setEnglish} />
            </Suspense>
          )}
          <Suspense>
            <TranscriptNotice />
          </Suspense>
          {model.rows.length > 0 && <Transcript search={search} english={english} />}
        </section>
        {wide ? (
          <aside aria-label={t("Analysis")} className="flex w-[clamp(420px,41vw,584px)] shrink-0 flex-col border-l border-line">
            {video}
            {tabs}
          </aside>
        ) : (
          <Suspense>
            <BottomSheet>{tabs}</BottomSheet>
          </Suspense>
        )}
      </div>
    </>
  );
}

/** The address with one value changed; an empty one leaves no trace. */
function without<K extends keyof DetailSearch>(search: DetailSearch, name: K, value: DetailSearch[K] | ""): DetailSearch {
  const { [name]: _, ...rest } = search;
  return (value ? { ...rest, [name]: value } : rest) as DetailSearch;
}

function Missing() {
  return (
    <EmptyState
      title={t("There is no such interaction")}
      action={
        <Link to="/interactions" search={listMemory().search} className={buttonClass()}>
          {t("Go to interactions")}
        </Link>
      }
    >
      {t("It may have been removed, or you may not see it with your role.")}
    </EmptyState>
  );
}
