import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { type InteractionVersionsQuery, StartReanalysisDocument } from "./__generated__";
import { RunCard } from "./RunCard";

type Interaction = NonNullable<InteractionVersionsQuery["interaction"]>;
type Props = { readonly interaction: Interaction; readonly onChanged: () => void };

/** The run of this one interaction: begun here, followed, made current or discarded. */
export function OneRun({ interaction, onChanged }: Props) {
  const start = useAction(StartReanalysisDocument);
  const { reanalysis, viewerCan, progress } = interaction;
  if (reanalysis) return <RunCard run={reanalysis} onChanged={onChanged} alone />;
  if (!viewerCan.retry || progress.status !== "DONE") return null;
  const begin = async () => {
    if (await start.run({ input: { interactionId: interaction.id } })) onChanged();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button onPress={begin} isDisabled={start.busy}>
        {t("Analyse again")}
      </Button>
      <p className="min-w-60 flex-1 text-ink-2">
        {t(
          "From the transcript that is kept, with today's settings; nothing is listened to again, and nothing changes until you make it current.",
        )}
      </p>
      {start.refusal && <Notice tone="critical">{start.refusal.message}</Notice>}
    </div>
  );
}
