import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import type { Row } from "./items";
import { StageList } from "./StageList";
import { clause, rowState } from "./stages";
import { useRetry } from "./useRetry";

type OutcomeProps = { readonly row: Row; readonly wrap?: boolean; readonly skipTab?: boolean };

/** In the place of the scores: how far it is, why it failed, or why it is not analysed. Null where there are scores to show. */
export function Outcome({ row, wrap = false, skipTab = false }: OutcomeProps) {
  switch (rowState(row)) {
    case "running":
      return <StageList progress={row.progress} wrap={wrap} />;
    case "failed":
      return <Failure row={row} wrap={wrap} skipTab={skipTab} />;
    case "not-analysed":
      return <NotAnalysed row={row} />;
    default:
      return null;
  }
}

function Failure({ row, wrap, skipTab }: Required<OutcomeProps>) {
  const { retry, fetching, refusal } = useRetry(row.id);
  const reason = refusal ?? row.progress.reason ?? t("The analysis failed, and the reason was not recorded.");
  return (
    <span className={`flex min-w-0 gap-2 ${wrap ? "flex-wrap items-start" : "items-center"}`}>
      <Icon name="alert" className={`text-critical ${wrap ? "mt-0.5" : ""}`} />
      <span className={`min-w-0 text-ink-2 ${wrap ? "flex-1" : "truncate"}`} title={reason}>
        <span className="sr-only">{t("Failed:")} </span>
        {reason}
      </span>
      {row.viewerCan.retry && (
        <Button
          size="small"
          className="relative z-10"
          isDisabled={fetching}
          excludeFromTabOrder={skipTab}
          onPress={retry}
          aria-label={t("Retry interaction {number}", { number: row.number })}
        >
          <Icon name="retry" />
          {t("Retry")}
        </Button>
      )}
    </span>
  );
}

function NotAnalysed({ row }: { readonly row: Row }) {
  const reason = row.progress.reason;
  const text = reason ? t("Not analysed: {reason}", { reason: clause(reason) }) : t("Not analysed");
  return (
    <span className="flex min-w-0 items-center gap-2 text-ink-2">
      <Icon name={row.offline ? "info" : "lock"} className="text-ink-3" />
      <span className="min-w-0 truncate" title={text}>
        {text}
      </span>
    </span>
  );
}
