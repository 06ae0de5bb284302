/** What the pipeline has done with an interaction, as a reader sees it. */
import type { InteractionRowFragment, InteractionStatus } from "./__generated__";

export const pipeline = ["QUEUED", "DECODING", "TRANSCRIBING", "ANALYSING", "DONE"] as const satisfies readonly InteractionStatus[];

export type Stage = {
  readonly status: (typeof pipeline)[number];
  readonly state: "done" | "current" | "waiting";
  /** Of the current stage, where it is known. */
  readonly percent: number | null;
};

export function isRunning(status: InteractionStatus): boolean {
  return status === "QUEUED" || status === "DECODING" || status === "TRANSCRIBING" || status === "ANALYSING";
}

export function stages(status: InteractionStatus, percent: number | null): readonly Stage[] {
  const at = [...pipeline].map(String).indexOf(status);
  return pipeline.map((one, index) => {
    const state = index < at || status === "DONE" ? "done" : index === at ? "current" : "waiting";
    return { status: one, state, percent: state === "current" ? percent : null };
  });
}

/** What stands in the place of the scores. */
export type RowState = "running" | "failed" | "not-analysed" | "without-words" | "scored";

export function rowState(row: Pick<InteractionRowFragment, "progress" | "withoutWords">): RowState {
  const { status } = row.progress;
  if (isRunning(status)) return "running";
  if (status === "FAILED") return "failed";
  if (status === "NOT_ANALYSED") return "not-analysed";
  return row.withoutWords ? "without-words" : "scored";
}

/** A sentence to go on after a colon: `The call is short.` → `the call is short`. Names and abbreviations keep their capitals. */
export function clause(sentence: string): string {
  const bare = sentence.trim().replace(/\.$/, "");
  return /^(The|This|There|No|It|Its|An|A) /.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}
