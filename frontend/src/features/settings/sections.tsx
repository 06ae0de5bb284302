import type { ReactNode } from "react";
import { NumberField } from "@/components/NumberField";
import { Section } from "@/components/Section";
import { SetUpIcon } from "@/components/SetUpIcon";
import { Switch } from "@/components/Switch";
import { about } from "@/graphql/action";
import { t } from "@/i18n";
import { type Draft, fault, type Name, usualRetentionDays } from "./model";
import type { SettingsEditor } from "./useSettings";

export type SectionProps = { readonly editor: SettingsEditor; readonly draft: Draft };

/** What the server refused, or what this page knows it would refuse. */
export function errorOf(editor: SettingsEditor, draft: Draft, name: Name): string | undefined {
  return about(editor.refusal, `/input/${name}`) ?? fault(draft, name) ?? undefined;
}

/** When a change of this setting takes effect, as the server says it. */
export function Effect({ editor, of }: { readonly editor: SettingsEditor; readonly of: string }) {
  const effect = editor.settings?.effects.find((one) => one.setting === of)?.effect;
  if (!effect) return null;
  return (
    <p className="flex max-w-xl gap-2 text-meta text-ink-3">
      <SetUpIcon name="clock" size={14} className="mt-px" />
      <span>
        <span className="font-medium text-ink-2">{t("Takes effect:")}</span> {lowerFirst(effect)}
      </span>
    </p>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** What belongs to a switch that is on. */
export function Below({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-col gap-3 border-l border-line-2 pl-4">{children}</div>;
}

export function AnalysisSection({ editor, draft }: SectionProps) {
  return (
    <Section title={t("Analysis")} hint={t("Whether conversations are taken in and analysed at all.")}>
      <Switch
        label={t("Analyse conversations")}
        isSelected={draft.analysisEnabled}
        onChange={(analysisEnabled) => editor.edit({ analysisEnabled })}
      />
      <Effect editor={editor} of="analysisEnabled" />
    </Section>
  );
}

export function SpeechEventsSection({ editor, draft }: SectionProps) {
  return (
    <Section title={t("Speech events")} hint={t("From which length on a silence or a crosstalk is noted in a conversation.")}>
      <Switch
        label={t("Note silences")}
        hint={t("Nobody speaks, and the contact centre has reported no hold.")}
        isSelected={draft.silenceOn}
        onChange={(silenceOn) => editor.edit({ silenceOn })}
      />
      {draft.silenceOn && (
        <Below>
          <Seconds editor={editor} draft={draft} name="silenceMs" label={t("Silence from")} />
        </Below>
      )}
      <Switch
        label={t("Note crosstalk")}
        hint={t("Agent and consumer speak at the same time.")}
        isSelected={draft.crosstalkOn}
        onChange={(crosstalkOn) => editor.edit({ crosstalkOn })}
      />
      {draft.crosstalkOn && (
        <Below>
          <Seconds editor={editor} draft={draft} name="crosstalkMs" label={t("Crosstalk from")} />
        </Below>
      )}
      <Effect editor={editor} of="thresholds" />
    </Section>
  );
}

type SecondsProps = SectionProps & { readonly name: "silenceMs" | "crosstalkMs"; readonly label: string };

function Seconds({ editor, draft, name, label }: SecondsProps) {
  return (
    <NumberField
      label={label}
      unit={t("seconds")}
      min={0.1}
      max={600}
      step={0.1}
      value={draft[name] / 1000}
      onChange={(seconds) => editor.edit({ [name]: Math.round(seconds * 1000) })}
      error={errorOf(editor, draft, name)}
    />
  );
}

export function AcknowledgementSection({ editor, draft }: SectionProps) {
  return (
    <Section title={t("Acknowledgement")} hint={t("Whether agents confirm that they have read an evaluation of theirs.")}>
      <Switch
        label={t("Ask agents to acknowledge")}
        isSelected={draft.acknowledgementRequired}
        onChange={(acknowledgementRequired) => editor.edit({ acknowledgementRequired })}
      />
      {draft.acknowledgementRequired && (
        <Below>
          <NumberField
            label={t("Within")}
            unit={t("days")}
            min={1}
            max={365}
            value={draft.acknowledgementDays}
            onChange={(acknowledgementDays) => editor.edit({ acknowledgementDays })}
            error={errorOf(editor, draft, "acknowledgementDays")}
          />
        </Below>
      )}
      <Effect editor={editor} of="acknowledgement" />
    </Section>
  );
}

export function RetentionSection({ editor, draft }: SectionProps) {
  const days = draft.retentionDays;
  return (
    <Section title={t("Retention")} hint={t("How long conversations are kept.")}>
      <Switch
        label={t("Delete conversations by age")}
        hint={t("Off: nothing is deleted here because of its age. The system that delivers recordings decides.")}
        isSelected={days !== null}
        onChange={(on) => editor.edit({ retentionDays: on ? usualRetentionDays : null })}
      />
      {days !== null && (
        <Below>
          <NumberField
            label={t("Keep for")}
            unit={t("days")}
            min={1}
            max={3650}
            value={days}
            onChange={(retentionDays) => editor.edit({ retentionDays })}
            error={errorOf(editor, draft, "retentionDays")}
          />
        </Below>
      )}
      <Effect editor={editor} of="retention" />
    </Section>
  );
}
