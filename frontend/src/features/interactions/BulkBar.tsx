import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { KeyHint } from "@/components/KeyHint";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import type { InteractionFilter } from "./__generated__";
import { countOf } from "./selection";
import type { ListSelection } from "./useSelection";

const StartDialog = lazy(async () => ({ default: (await import("@/features/reanalysis/StartDialog")).StartDialog }));

type Props = {
  readonly chosen: ListSelection;
  readonly total: number | null;
  readonly filter: InteractionFilter;
  readonly filtered: boolean;
};

/** What can be done with the interactions that are chosen. It floats above the end of the list. */
export function BulkBar({ chosen, total, filter, filtered }: Props) {
  const { selection, clear, chooseAll } = chosen;
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const more = !selection.all && total !== null && total > selection.ids.size;
  const started = () => {
    clear();
    // A run is followed on its own page.
    navigate({ to: "/admin/analyses" });
  };
  useShortcuts([
    { keys: ["a"], label: t("Analyse the selected interactions again"), run: () => setAsking(true) },
    { keys: ["Escape"], label: t("Clear the selection"), run: clear },
  ]);
  return (
    <section
      aria-label={t("Selection")}
      className="animate-pop absolute bottom-5 left-1/2 z-30 flex h-11 max-w-[calc(100%-16px)] -translate-x-1/2 items-center gap-1 rounded-pop bg-ink px-1.5 text-on-ink shadow-3 touch:h-13"
    >
      <p className="figures truncate px-2.5 font-semibold">{t("{count} selected", { count: number(countOf(selection, total)) })}</p>
      {more && <BarButton onPress={chooseAll}>{t("Select all {total}", { total: number(total) })}</BarButton>}
      <span aria-hidden="true" className="h-5 w-px bg-on-ink/25 max-sm:hidden" />
      <BarButton icon="retry" hint="A" onPress={() => setAsking(true)}>
        {t("Analyse again")}
      </BarButton>
      <BarButton hint="Esc" onPress={clear}>
        {t("Clear")}
      </BarButton>
      {asking && (
        <Suspense>
          <StartDialog
            chosen={selection.all ? { filter, filtered, total } : { ids: [...selection.ids] }}
            onClose={() => setAsking(false)}
            onStarted={started}
          />
        </Suspense>
      )}
    </section>
  );
}

type ButtonProps = { readonly icon?: IconName; readonly hint?: string; readonly onPress: () => void; readonly children: ReactNode };

function BarButton({ icon, hint, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-8 items-center gap-1.5 rounded-field px-2.5 font-medium whitespace-nowrap -outline-offset-2 outline-current! hover:bg-on-ink/15 touch:h-11"
    >
      {icon && <Icon name={icon} className="max-sm:hidden" />}
      {children}
      {hint && <KeyHint keys={hint} />}
    </button>
  );
}
