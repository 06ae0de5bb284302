import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Segmented } from "@/components/Segmented";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { isDay } from "@/lib/days";
import { type InteractionFilter, StartReanalysisDocument, type StartReanalysisInput } from "./__generated__";

/** What the list shows: by its filter, in all or in part; or some of it. */
type Chosen =
  | { readonly filter: InteractionFilter; readonly filtered: boolean; readonly total: number | null }
  | { readonly ids: readonly string[] };
type Props = { readonly onClose: () => void; readonly onStarted: () => void; readonly chosen?: Chosen };

/** All interactions, those since a day, those that the list shows, or those that were chosen of it. */
export function StartDialog({ onClose, onStarted, chosen }: Props) {
  const [which, setWhich] = useState<"all" | "since">("all");
  const [day, setDay] = useState("");
  const [tried, setTried] = useState(false);
  const start = useAction(StartReanalysisDocument);
  const wrong = !chosen && which === "since" && !isDay(day);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong && (await start.run({ input: given(chosen, which === "since" ? day : null) }))) [onClose(), onStarted()];
  };
  return (
    <Dialog title={t("Analyse again")} isOpen onClose={onClose} width="max-w-md">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <p className="text-ink-2">
          {t(
            "Works in the background from the transcripts that are kept, with today's settings. What everybody sees stays as it is until you make the result current.",
          )}
        </p>
        {chosen ? (
          <p className="figures font-medium">{scopeOf(chosen)}</p>
        ) : (
          <Segmented
            label={t("Interactions")}
            value={which}
            onChange={setWhich}
            options={[
              { value: "all", label: t("All") },
              { value: "since", label: t("Since a day") },
            ]}
          />
        )}
        {!chosen && which === "since" && (
          <TextField
            label={t("First day")}
            type="date"
            value={day}
            onChange={(event) => setDay(event.target.value)}
            error={tried && wrong ? t("Choose a day.") : undefined}
          />
        )}
        {start.refusal && (
          <Notice tone="critical" action={chosen && start.refusal.code === "conflict" && <OpenRun />}>
            {start.refusal.message}
          </Notice>
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t("Cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("Start")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** From the list, where the run that is in the way cannot be seen. */
function OpenRun() {
  return (
    <Link to="/admin/analyses" className="font-medium underline underline-offset-2">
      {t("To the run")}
    </Link>
  );
}

function given(chosen: Chosen | undefined, day: string | null): StartReanalysisInput {
  if (chosen && "ids" in chosen) return { interactionIds: [...chosen.ids] };
  if (chosen) return chosen.filtered ? { filter: chosen.filter } : {};
  return day ? { filter: { from: day } } : {};
}

function scopeOf(chosen: Chosen): string {
  if ("ids" in chosen) {
    const count = chosen.ids.length;
    return t(
      "{count, plural, one {The interaction that you selected, if it is} other {The # interactions that you selected, as far as they are}} analysed.",
      {
        count,
      },
    );
  }
  const { filtered, total } = chosen;
  const count = total ?? 0;
  if (!filtered)
    return t("{count, plural, one {The only interaction, if it is} other {All # interactions, as far as they are}} analysed.", { count });
  return t(
    "{count, plural, one {The interaction of the present filters, if it is} other {The # interactions of the present filters, as far as they are}} analysed.",
    {
      count,
    },
  );
}
