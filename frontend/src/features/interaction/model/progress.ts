/** The stages of the pipeline, as the page names them. */

import { t } from "@/i18n";
import type { InteractionStatus } from "../__generated__";

export const pipeline = ["QUEUED", "DECODING", "TRANSCRIBING", "ANALYSING", "DONE"] as const satisfies readonly InteractionStatus[];

export type Stage = { readonly status: (typeof pipeline)[number]; readonly state: "done" | "current" | "waiting" };

export function isRunning(status: InteractionStatus): boolean {
  return status === "QUEUED" || status === "DECODING" || status === "TRANSCRIBING" || status === "ANALYSING";
}

export function stages(status: InteractionStatus): readonly Stage[] {
  const at = [...pipeline].map(String).indexOf(status);
  return pipeline.map((one, index) => ({ status: one, state: index < at ? "done" : index === at ? "current" : "waiting" }));
}

export function stageName(status: InteractionStatus): string {
  const names: Record<InteractionStatus, string> = {
    QUEUED: t("Queued"),
    DECODING: t("Decoding the recording"),
    TRANSCRIBING: t("Transcribing"),
    ANALYSING: t("Analysing"),
    DONE: t("Done"),
    FAILED: t("Failed"),
    NOT_ANALYSED: t("Not analysed"),
  };
  return names[status];
}

/** What the history calls an event, in the reader's words; what is not known stays as it came. */
export function eventWord(what: string): string {
  const names: Record<string, string> = {
    received: t("Received"),
    stage_done: t("Stage done"),
    analysed: t("Analysed"),
    failed: t("Failed"),
    retried: t("Started again"),
    role_assigned: t("Speaker named"),
    language_detected: t("Language detected"),
    language_assigned: t("Language said by a person"),
    retranscribed: t("Offered to speech recognition again"),
    reanalysed: t("New analysis made current"),
    not_analysed: t("Not analysed"),
  };
  return names[what] ?? what.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}
