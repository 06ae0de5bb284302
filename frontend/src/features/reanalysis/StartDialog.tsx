import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Segmented } from "@/components/Segmented";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { isDay } from "@/lib/days";
import { StartReanalysisDocument } from "./__generated__";

type Props = { readonly onClose: () => void; readonly onStarted: () => void };

/** All interactions, or those since a day. */
export function StartDialog({ onClose, onStarted }: Props) {
  const [which, setWhich] = useState<"all" | "since">("all");
  const [day, setDay] = useState("");
  const [tried, setTried] = useState(false);
  const start = useAction(StartReanalysisDocument);
  const wrong = which === "since" && !isDay(day);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) return;
    if (await start.run({ input: which === "since" ? { filter: { from: day } } : {} })) [onStarted(), onClose()];
  };
  return (
    <Dialog title={t("Analyse again")} isOpen onClose={onClose} width="max-w-md">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <p className="text-ink-2">
          {t(
            "Works in the background from the transcripts that are kept, with today's settings. What everybody sees stays as it is until you make the result current.",
          )}
        </p>
        <Segmented
          label={t("Interactions")}
          value={which}
          onChange={setWhich}
          options={[
            { value: "all", label: t("All") },
            { value: "since", label: t("Since a day") },
          ]}
        />
        {which === "since" && (
          <TextField
            label={t("First day")}
            type="date"
            value={day}
            onChange={(event) => setDay(event.target.value)}
            error={tried && wrong ? t("Choose a day.") : undefined}
          />
        )}
        {start.refusal && <Notice tone="critical">{start.refusal.message}</Notice>}
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
