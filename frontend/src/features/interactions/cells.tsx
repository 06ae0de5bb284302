import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Chip, chipClass } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import { dateTime, dayOf, dayShort, timeOfDay } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { fitChips } from "./columns";
import type { Row } from "./items";

type TopicsProps = {
  readonly topics: Row["topics"];
  readonly width: number;
  /** Tab passes over rows that the cursor is not on: there may be thousands of them. */
  readonly skipTab?: boolean;
};

/** The topics that fit; "+2" opens the rest. */
export function Topics({ topics, width, skipTab = false }: TopicsProps) {
  const names = topics.map((topic) => topic.name);
  const fit = fitChips(names, width);
  const rest = topics.slice(fit);
  return (
    <span className="flex min-w-0 items-center gap-1">
      {topics.slice(0, fit).map((topic) => (
        <Chip key={topic.id} tone="topic" title={t("{count, plural, one {# passage} other {# passages}}", { count: topic.count })}>
          {topic.name}
        </Chip>
      ))}
      {rest.length > 0 && (
        <PopoverTrigger>
          <Button
            variant="ghost"
            excludeFromTabOrder={skipTab}
            aria-label={t("{count, plural, one {# more topic} other {# more topics}}", { count: rest.length })}
            className={chipClass(
              "neutral",
              "relative z-10 h-5! min-h-5! px-1.5! before:absolute before:-inset-3 before:content-[''] hot:bg-line",
            )}
          >
            +{rest.length}
          </Button>
          <Popover label={t("All topics")} className="max-w-72">
            <ul className="flex flex-wrap gap-1">
              {topics.map((topic) => (
                <li key={topic.id}>
                  <Chip tone="topic">
                    {topic.name} {topic.count}
                  </Chip>
                </li>
              ))}
            </ul>
          </Popover>
        </PopoverTrigger>
      )}
    </span>
  );
}

export function ChannelIcon({ row }: { readonly row: Row }) {
  const channel = row.channel === "VIDEO" ? t("Video") : t("Voice");
  const direction = row.direction === "OUTBOUND" ? t("outbound") : row.direction === "INBOUND" ? t("inbound") : "";
  const name = [channel, direction].filter(Boolean).join(", ");
  return (
    <span title={name} className="text-ink-2">
      <Icon name={row.channel === "VIDEO" ? "video" : "phone"} size={16} />
      <span className="sr-only">{name}</span>
    </span>
  );
}

export function IndicatorCount({ row }: { readonly row: Row }) {
  const names = row.indicators.map((one) => `${one.name} ${one.count}`).join(", ");
  return (
    <span title={names || undefined} className={row.indicatorMentions > 0 ? "font-semibold" : "text-ink-3"}>
      {row.indicatorMentions}
      {names && <span className="sr-only"> ({names})</span>}
    </span>
  );
}

/** 14:41, or 24 Nov, 14:41 where the list has no day headers. */
export function StartTime({ row, dated }: { readonly row: Row; readonly dated: boolean }) {
  const zone = useZone();
  const time = timeOfDay(row.startedAt, zone);
  return (
    <time dateTime={row.startedAt} title={dateTime(row.startedAt, zone)}>
      {dated ? `${dayShort(row.day, dayOf(new Date(), zone))}, ${time}` : time}
    </time>
  );
}

/** What is not known says so, in words. */
export function Missing({ children }: { readonly children: ReactNode }) {
  return <span className="text-ink-3">{children}</span>;
}

export function WithoutWords({ short = false }: { readonly short?: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Chip tone="outline">{t("Without words")}</Chip>
      {!short && <span className="truncate text-meta text-ink-3">{t("No transcript; from speech activity alone")}</span>}
    </span>
  );
}
