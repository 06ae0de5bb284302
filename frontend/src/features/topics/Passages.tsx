import { Link } from "@tanstack/react-router";
import { Chip } from "@/components/Chip";
import { t } from "@/i18n";
import { clock, interactionNumber, number } from "@/lib/format";
import type { Passage } from "./model";

type Props = { readonly label: string; readonly passages: readonly Passage[] };

/** Passages of conversations, each with the way to the moment at which it is said. */
export function Passages({ label, passages }: Props) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
      {passages.map((passage) => (
        <li key={`${passage.interaction.id} ${passage.segment}`} className="flex flex-col gap-1 px-3.5 py-2.5">
          <Place passage={passage} />
          <Words passage={passage} />
          {passage.english && (
            <p className="max-w-prose text-meta text-ink-2">{t("In English: {english}", { english: passage.english })}</p>
          )}
          <p className="figures text-meta text-ink-3">{because(passage)}</p>
        </li>
      ))}
    </ul>
  );
}

function Place({ passage }: { readonly passage: Passage }) {
  const { interaction, startMs, role, change, also } = passage;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-meta">
      <Link
        to="/interactions/$id"
        params={{ id: interaction.id }}
        search={{ t: startMs / 1000 }}
        target="_blank"
        className="figures rounded-chip font-medium text-accent-ink hover:underline"
      >
        {t("Interaction {number}", { number: interactionNumber(interaction.number) })} · {clock(startMs)}
      </Link>
      <span className="text-ink-2">{role === "AGENT" ? t("Agent") : t("Consumer")}</span>
      {change === "ADDED" && <Chip tone="positive">{t("New")}</Chip>}
      {change === "REMOVED" && <Chip tone="critical">{t("No longer")}</Chip>}
      {also.map((name) => (
        <Chip key={name} tone="outline">
          {t("also {name}", { name })}
        </Chip>
      ))}
    </div>
  );
}

function Words({ passage: { text, highlightStart, highlightEnd, change } }: { readonly passage: Passage }) {
  if (text === null) return <p className="text-ink-3 italic">{t("You may not read this conversation.")}</p>;
  const gone = change === "REMOVED";
  return (
    <p className="max-w-prose text-ink-2">
      {text.slice(0, highlightStart)}
      <mark className={`rounded-chip px-0.5 ${gone ? "bg-sunken text-ink-2 line-through" : "bg-topic-soft text-topic-ink"}`}>
        {text.slice(highlightStart, highlightEnd)}
      </mark>
      {text.slice(highlightEnd)}
    </p>
  );
}

function because({ score, nearness, sentence }: Passage): string {
  const near = { place: sentence + 1, nearness: number(nearness, 2) };
  if (score === null) return t("Nearest to sentence {place} ({nearness}), and not near enough.", near);
  return t("Score {score} · nearest to sentence {place} ({nearness})", { ...near, score: number(score, 2) });
}
