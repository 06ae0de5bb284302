/** The settings as the page edits them: a flat draft over what the server holds. Pure. */
import { t } from "@/i18n";
import type { SettingsFieldsFragment, UpdateSettingsInput } from "./__generated__";

export type Draft = {
  readonly analysisEnabled: boolean;
  readonly silenceOn: boolean;
  readonly silenceMs: number;
  readonly crosstalkOn: boolean;
  readonly crosstalkMs: number;
  readonly acknowledgementRequired: boolean;
  readonly acknowledgementDays: number;
  readonly retentionDays: number | null;
  readonly engine: string;
  readonly languages: readonly string[];
  readonly useDeliveredTranscripts: boolean;
};

export type Name = keyof Draft;

export function draftOf(settings: SettingsFieldsFragment): Draft {
  const { thresholds, acknowledgement, transcription } = settings;
  return {
    analysisEnabled: settings.analysisEnabled,
    silenceOn: thresholds.silenceOn,
    silenceMs: thresholds.silenceMs,
    crosstalkOn: thresholds.crosstalkOn,
    crosstalkMs: thresholds.crosstalkMs,
    acknowledgementRequired: acknowledgement.required,
    acknowledgementDays: acknowledgement.withinDays,
    retentionDays: settings.retention.days,
    engine: transcription.engine,
    languages: transcription.languages
      .filter((language) => language.on)
      .map((language) => language.code)
      .sort(),
    useDeliveredTranscripts: transcription.useDeliveredTranscripts,
  };
}

/** The names whose values differ. */
export function differences(one: Draft, other: Draft): Name[] {
  return (Object.keys(one) as Name[]).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** The draft without what has come to be as the server holds it. */
export function pending(base: Draft, changes: Partial<Draft>): Partial<Draft> {
  const names = differences(base, { ...base, ...changes });
  return Object.fromEntries(names.map((name) => [name, changes[name]])) as Partial<Draft>;
}

/** The changes but those that have been saved with this very value. */
export function without(changes: Partial<Draft>, saved: Partial<Draft>): Partial<Draft> {
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => saved[name as Name] !== value));
}

export function inputOf(version: number, changes: Partial<Draft>): UpdateSettingsInput {
  return { version, ...changes };
}

const bounds: Partial<Record<Name, readonly [number, number]>> = {
  silenceMs: [100, 600_000],
  crosstalkMs: [100, 600_000],
  acknowledgementDays: [1, 365],
  retentionDays: [1, 3650],
};

/** Why a value cannot be saved; the server says the same. Null where it can. */
export function fault(draft: Draft, name: Name): string | null {
  const bound = bounds[name];
  const value = draft[name];
  if (bound && value !== null && !(typeof value === "number" && value >= bound[0] && value <= bound[1])) return rangeSentence(name, bound);
  if (name === "languages" && draft.languages.length === 0)
    return t("At least one language stays on. To stop everything, switch the analysis off.");
  return null;
}

function rangeSentence(name: Name, [least, most]: readonly [number, number]): string {
  const seconds = name.endsWith("Ms");
  const values = { least: seconds ? least / 1000 : least, most: seconds ? most / 1000 : most };
  return seconds ? t("Enter seconds from {least} to {most}.", values) : t("Enter days from {least} to {most}.", values);
}

export function faults(draft: Draft): Name[] {
  return (Object.keys(draft) as Name[]).filter((name) => fault(draft, name) !== null);
}

/** What retention begins with where it is switched on. */
export const usualRetentionDays = 365;

export function nameLabel(name: Name): string {
  const labels: Record<Name, string> = {
    analysisEnabled: t("Analysis"),
    silenceOn: t("Noting silences"),
    silenceMs: t("Silence threshold"),
    crosstalkOn: t("Noting crosstalk"),
    crosstalkMs: t("Crosstalk threshold"),
    acknowledgementRequired: t("Acknowledgement"),
    acknowledgementDays: t("Days to acknowledge"),
    retentionDays: t("Retention"),
    engine: t("Speech recognition"),
    languages: t("Languages"),
    useDeliveredTranscripts: t("Delivered transcripts"),
  };
  return labels[name];
}
