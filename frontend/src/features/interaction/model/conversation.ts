/** Everything that the page derives from one answer of the API, once. */
import { countKinds, type Highlight, highlights, type Kind } from "./highlights";
import { speechOf } from "./lanes";
import { type Row, toRows } from "./rows";
import { roleName, speakerName } from "./speakers";
import type { Interaction, Role, SpeechEvent } from "./types";

export type Lane = {
  readonly role: Role;
  readonly label: string;
  readonly sharePct: number | null;
  readonly intervals: ReturnType<typeof speechOf>;
};

export type ConversationModel = {
  readonly durationMs: number;
  readonly rows: readonly Row[];
  readonly highlights: readonly Highlight[];
  readonly counts: Readonly<Record<Kind, number>>;
  readonly events: readonly SpeechEvent[];
  readonly lanes: readonly Lane[];
  readonly texts: ReadonlyArray<string | null>;
  /** Speaker id → full name. */
  readonly names: ReadonlyMap<string, string>;
};

export function toModel(interaction: Interaction): ConversationModel {
  const { transcript, analysis, media } = interaction;
  const found = transcript && analysis ? highlights(analysis, transcript.segments) : [];
  const events = analysis?.events ?? [];
  return {
    durationMs: Math.max(media?.durationMs ?? 0, interaction.durationMs ?? 0, ...(transcript?.segments.endsMs.slice(-20) ?? [])),
    rows: transcript ? toRows(transcript, events) : [],
    highlights: found,
    counts: countKinds(found),
    events,
    lanes: toLanes(interaction),
    texts: transcript?.segments.texts ?? [],
    names: new Map(interaction.speakers.map((speaker) => [speaker.id, speakerName(speaker, interaction)])),
  };
}

function toLanes({ transcript, analysis }: Interaction): readonly Lane[] {
  if (!transcript) return [];
  const heard = new Set(transcript.segments.roles);
  // Agent and consumer have their lanes even where one is silent; where neither is known, only whoever is heard.
  const known: readonly Role[] = heard.has("AGENT") || heard.has("CONSUMER") ? ["AGENT", "CONSUMER"] : [];
  const roles: readonly Role[] = heard.has("OTHER") ? [...known, "OTHER"] : known;
  const shares = { AGENT: analysis?.agent.talkSharePct ?? null, CONSUMER: analysis?.consumer.talkSharePct ?? null, OTHER: null };
  return roles.map((role) => ({ role, label: roleName(role), sharePct: shares[role], intervals: speechOf(transcript.segments, role) }));
}
