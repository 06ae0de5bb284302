import { type Ref, useEffect, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { KeyHint } from "@/components/KeyHint";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { useConversation } from "../conversation";
import { KindToggles } from "../player/KindToggles";
import type { Search } from "./useSearch";

type BarProps = { readonly search: Search; readonly onQuery: (query: string) => void; readonly ref: Ref<HTMLInputElement> };

export function TranscriptBar({ search, onQuery, ref }: BarProps) {
  const { following, setFollowing, model, playback } = useConversation();
  const room = useMedia("(min-width: 1360px)");
  const words = model.texts.some((text) => text !== null);
  const follow = () => setFollowing(!following);
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4 md:px-5 touch:h-13">
      {words && <SearchField ref={ref} search={search} onQuery={onQuery} />}
      {room && words && !search.query && <KindToggles look="chips" />}
      <Button
        size="small"
        aria-pressed={following}
        onPress={follow}
        className={`ml-auto ${following ? "border-accent/40! text-accent-ink!" : ""}`}
        isDisabled={playback.durationMs === 0}
      >
        <Icon name="follow" />
        {following ? t("Following") : t("Follow")}
      </Button>
    </div>
  );
}

const pauseMs = 200;

function SearchField({ search, onQuery, ref }: BarProps) {
  const [text, setText] = useState(search.query);
  useEffect(() => setText(search.query), [search.query]);
  useEffect(() => {
    if (text === search.query) return;
    const timer = setTimeout(() => onQuery(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, search.query, onQuery]);
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") search.step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") {
      setText("");
      onQuery("");
      event.currentTarget.blur();
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every browser that is supported
    <div role="search" className="flex min-w-0 flex-1 items-center gap-1 md:flex-none">
      <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-field border border-line-2 bg-surface px-2 shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-accent md:w-44 md:flex-none touch:h-11">
        <Icon name="search" className="text-ink-3" />
        <span className="sr-only">{t("Search in this call")}</span>
        <input
          ref={ref}
          type="search"
          value={text}
          placeholder={t("In this call")}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden touch:text-[16px]"
        />
        {!text && <KeyHint keys="/" />}
      </label>
      {search.query && <Steps search={search} />}
    </div>
  );
}

function Steps({ search }: { readonly search: Search }) {
  const total = search.found.length;
  return (
    <>
      <p role="status" className="figures px-1 text-meta whitespace-nowrap text-ink-2">
        {total === 0 ? t("Not found") : t("{at} of {total}", { at: (search.active ?? 0) + 1, total })}
      </p>
      <IconButton small label={t("Previous match")} isDisabled={total === 0} onPress={() => search.step(-1)}>
        <Icon name="arrow-up" />
      </IconButton>
      <IconButton small label={t("Next match")} isDisabled={total === 0} onPress={() => search.step(1)}>
        <Icon name="arrow-down" />
      </IconButton>
    </>
  );
}
