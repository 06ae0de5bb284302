import { PageBar } from "@/app/PageBar";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { SaveBar } from "./SaveBar";
import { AcknowledgementSection, AnalysisSection, RetentionSection, SpeechEventsSection } from "./sections";
import { TranscriptionSection } from "./TranscriptionSection";
import { useSettings } from "./useSettings";

/** Everything that an account decides, on one page: each with the moment at which a change takes effect. */
export function SettingsPage() {
  const editor = useSettings();
  const { settings, draft, error, fetching, reload } = editor;
  const slow = useSlow(fetching && !settings);
  return (
    <>
      <PageBar title={t("Settings")} note={settings && <LastChange at={settings.updatedAt} by={settings.updatedBy?.name ?? null} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !settings && <ErrorPanel message={errorMessage(error)} onRetry={reload} />}
        {slow && <Waiting />}
        {settings && draft && (
          <div className="max-w-4xl">
            <AnalysisSection editor={editor} draft={draft} />
            <SpeechEventsSection editor={editor} draft={draft} />
            <TranscriptionSection editor={editor} draft={draft} transcription={settings.transcription} />
            <AcknowledgementSection editor={editor} draft={draft} />
            <RetentionSection editor={editor} draft={draft} />
          </div>
        )}
      </div>
      <SaveBar editor={editor} />
    </>
  );
}

function LastChange({ at, by }: { readonly at: string; readonly by: string | null }) {
  const when = dateTime(at, useZone());
  return by ? t("Last changed {when} by {by}", { when, by }) : t("Last changed {when}", { when });
}

function Waiting() {
  return (
    <div className="max-w-4xl">
      {["h-16", "h-40", "h-56", "h-24"].map((height) => (
        <div key={height} className="grid gap-10 border-b border-line px-5 py-6 lg:grid-cols-[240px_minmax(0,1fr)]">
          <Skeleton className="h-4 w-32" />
          <Skeleton className={`${height} w-full rounded-card`} />
        </div>
      ))}
    </div>
  );
}
