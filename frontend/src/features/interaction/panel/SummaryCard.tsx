import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { reasonFor } from "../model/skipped";
import { Card, Missing } from "./Card";
import { How } from "./How";

/** The conversation in two or three sentences, and the passages that they are taken from. */
export function SummaryCard() {
  const { interaction, goTo } = useConversation();
  const { analysis, transcript } = interaction;
  const summary = analysis?.summary;
  const passages = summary?.segments.slice(0, 6) ?? [];
  const startMs = (segment: number) => transcript?.segments.startsMs[segment] ?? 0;
  return (
    <Card wide title={t("Summary")} note={<How of="SUMMARY" />}>
      {summary ? (
        <p className="text-prompt text-pretty">
          {summary.text}{" "}
          {passages.map((segment) => (
            <button
              key={segment}
              type="button"
              aria-label={t("Passage at {at}", { at: clock(startMs(segment)) })}
              onClick={() => goTo(startMs(segment))}
              className="figures mr-1 rounded-chip bg-sunken px-1 text-axis leading-[18px] font-medium text-ink-2 hover:text-ink touch:px-2 touch:leading-7"
            >
              {clock(startMs(segment))}
            </button>
          ))}
          {summary.writtenBy && (
            <span className="block text-meta text-ink-3 wrap-anywhere">
              {t("Written by {model}, not said by anyone. The times lead to the passages nearest to it.", { model: summary.writtenBy })}
            </span>
          )}
        </p>
      ) : (
        <Missing skipped={reasonFor(analysis?.skipped ?? [], "summary")} fallback={t("There is no summary of this conversation.")} />
      )}
    </Card>
  );
}
