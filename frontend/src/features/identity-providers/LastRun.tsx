import { useEffect, useRef } from "react";
import { Notice } from "@/components/Notice";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import type { RuleRunFieldsFragment } from "./__generated__";

const lookAgainMs = 2000;

/** How far everybody in the directory is decided again after a change of the rules, or when that was last. */
export function LastRun({ run, onLook }: { readonly run: RuleRunFieldsFragment | null; readonly onLook: () => void }) {
  const zone = useZone();
  const working = run !== null && run.finishedAt === null;
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => !document.hidden && look.current(), lookAgainMs);
    return () => clearInterval(timer);
  }, [working]);
  if (!run) return null;
  const { people, done, changed, refused, finishedAt } = run;
  const missing = refused > 0 && (
    <Notice tone="attention">
      {t(
        "{refused, plural, one {# person} other {# people}} found no seat left. They stay without one until a seat is free and the rules are saved again.",
        {
          refused,
        },
      )}
    </Notice>
  );
  return (
    <div className="flex max-w-6xl flex-col gap-3 px-4 pt-4 md:px-5">
      {finishedAt ? (
        <p className="text-ink-2">
          {t(
            "Last decided again {when}: {people, plural, one {# person} other {# people}}, {changed, plural, =0 {nothing changed} other {# changed}}.",
            { when: dateTime(finishedAt, zone), people, changed },
          )}
        </p>
      ) : (
        <div className="flex flex-col gap-1.5">
          <p role="status" className="text-ink-2">
            {t("Everybody in the directory is being decided again: {done} of {people}.", { done, people })}
          </p>
          <span aria-hidden="true" className="h-1 max-w-md overflow-hidden rounded-full bg-line-2">
            <span className="block h-full rounded-full bg-[var(--accent)]" style={{ width: `${people ? (done / people) * 100 : 0}%` }} />
          </span>
        </div>
      )}
      {missing}
    </div>
  );
}
