import { t } from "@/i18n";

/** What a group of permissions is about. One that is not known here is called by its own word. */
export function nounLabel(noun: string): string {
  const labels: Record<string, string> = {
    interaction: t("Interactions"),
    recording: t("Recordings"),
    transcript: t("Transcripts"),
    evaluation: t("Evaluations"),
    scorecard: t("Scorecards"),
    calibration: t("Calibrations"),
    comment: t("Comments"),
    report: t("Reports"),
    indicator: t("Indicators"),
    topic: t("Topics"),
  };
  return labels[noun] ?? noun.charAt(0).toUpperCase() + noun.slice(1).replaceAll("_", " ");
}
