import { useState } from "react";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { featureLabel, nameLabel } from "./model";
import { At, KindChip, type Passage } from "./SideBySide";

const atFirst = 40;

/** Each mention, event and passage that is on one side alone, or on both with other values, in order of time. */
export function Passages({ id, passages }: { readonly id: string; readonly passages: readonly Passage[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? passages : passages.slice(0, atFirst);
  return (
    <>
      <ol>
        {shown.map((one, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, whose places may repeat
            key={index}
            className="grid grid-cols-[48px_78px_minmax(0,1fr)] items-baseline gap-x-2 border-t border-line px-4 py-1.5 sm:grid-cols-[52px_84px_minmax(140px,1fr)_minmax(0,2fr)] md:px-5"
          >
            <At id={id} ms={one.startMs} />
            <KindChip kind={one.kind} />
            <p className="min-w-0">
              {nameLabel(one)} <span className="text-meta text-ink-3">{featureLabel(one.feature)}</span>
            </p>
            <p className="min-w-0 text-ink-2 max-sm:col-span-2 max-sm:col-start-2">
              {values(one) && <span className="figures font-medium text-ink">{values(one)} </span>}
              {one.quote && <span className="wrap-anywhere">“{one.quote}”</span>}
            </p>
          </li>
        ))}
      </ol>
      {passages.length > atFirst && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="h-9 w-full border-t border-line text-meta font-medium text-ink-2 hover:text-ink touch:h-11"
        >
          {all ? t("Show fewer") : t("Show {count} more", { count: number(passages.length - atFirst) })}
        </button>
      )}
    </>
  );
}

/** `neutral → negative`; of what is on one side alone its own value. */
function values({ before, after }: Passage): string {
  if (before && after) return before === after ? before : `${before} → ${after}`;
  return before ?? after ?? "";
}
