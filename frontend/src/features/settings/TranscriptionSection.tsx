import { Checkbox } from "@/components/Checkbox";
import { Chip } from "@/components/Chip";
import { Command } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Select } from "@/components/Select";
import { Switch } from "@/components/Switch";
import { t } from "@/i18n";
import type { SettingsFieldsFragment } from "./__generated__";
import type { Draft } from "./model";
import { Effect, errorOf, type SectionProps } from "./sections";
import type { SettingsEditor } from "./useSettings";

type Transcription = SettingsFieldsFragment["transcription"];
type Props = SectionProps & { readonly transcription: Transcription };

/** The engine, whether delivered transcripts are used, and the languages. */
export function TranscriptionSection({ editor, draft, transcription }: Props) {
  return (
    <Section
      title={t("Transcription and languages")}
      hint={t("Where the words of a conversation come from, and in which languages it is analysed.")}
    >
      <Engine editor={editor} draft={draft} transcription={transcription} />
      <Effect editor={editor} of="engine" />
      <Switch
        label={t("Use delivered transcripts")}
        hint={t("Where the contact centre delivers a transcript with a recording, its words are taken and nothing is recognised again.")}
        isSelected={draft.useDeliveredTranscripts}
        onChange={(useDeliveredTranscripts) => editor.edit({ useDeliveredTranscripts })}
      />
      <Effect editor={editor} of="useDeliveredTranscripts" />
      <Languages editor={editor} draft={draft} languages={transcription.languages} />
      <Effect editor={editor} of="languages" />
    </Section>
  );
}

function Engine({ editor, draft, transcription }: Props) {
  const chosen = transcription.engines.find((engine) => engine.key === draft.engine);
  const error = errorOf(editor, draft, "engine");
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="font-medium">{t("Speech recognition")}</span>
      <Select
        label={t("Speech recognition")}
        className="w-72 max-w-full"
        value={draft.engine}
        onChange={(engine) => editor.edit({ engine })}
        options={transcription.engines.map((engine) => ({
          value: engine.key,
          label: engine.available ? engine.name : t("{engine} (not installed)", { engine: engine.name }),
        }))}
      />
      {chosen?.missing && <p className="text-meta text-ink-2">{chosen.missing}</p>}
      {chosen?.remedy && <Command text={chosen.remedy} />}
      {error && <p className="text-meta text-critical-ink">{error}</p>}
    </div>
  );
}

/** What recognises a language, or would; and what its keywords lack. */
function recognised({ engine, models, inflections }: Transcription["languages"][number]): string {
  const speech = engine
    ? t("Recognised by {engine}", { engine })
    : models[0]
      ? t("No speech model yet; {model} would recognise it", { model: models[0] })
      : t("There is no speech model for it");
  return inflections ? speech : `${speech}. ${t("Keywords match as written, without inflections")}`;
}

type LanguagesProps = { readonly editor: SettingsEditor; readonly draft: Draft; readonly languages: Transcription["languages"] };

function Languages({ editor, draft, languages }: LanguagesProps) {
  const error = errorOf(editor, draft, "languages");
  const toggle = (code: string, on: boolean) =>
    editor.edit({ languages: (on ? [...draft.languages, code] : draft.languages.filter((other) => other !== code)).sort() });
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">{t("Languages")}</legend>
      <ul className="mt-1.5 -ml-2 grid grid-cols-[repeat(auto-fill,minmax(min(100%,256px),1fr))] gap-x-4 gap-y-1.5">
        {languages.map((language) => (
          <li key={language.code}>
            <Checkbox isSelected={draft.languages.includes(language.code)} onChange={(on) => toggle(language.code, on)}>
              <span className="flex items-center gap-2">
                <span className="truncate">{language.name}</span>
                {language.beta && <Chip tone="outline">{t("Beta")}</Chip>}
              </span>
            </Checkbox>
            <p className="pl-8 text-meta text-ink-2 wrap-anywhere">{recognised(language)}</p>
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-meta text-ink-2">{t("Beta: nobody has measured the quality in this language yet.")}</p>
      {error && (
        <p role="alert" className="text-meta text-critical-ink">
          {error}
        </p>
      )}
    </fieldset>
  );
}
