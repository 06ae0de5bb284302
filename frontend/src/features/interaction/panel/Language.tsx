import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { Select } from "@/components/Select";
import { toast } from "@/components/Toast";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { languageName, percent } from "@/lib/format";
import { useConversation } from "../conversation";
import { InteractionLanguageDocument, SetInteractionLanguageDocument } from "./__generated__";

const unknown = "und";

/** The language, where that is known from and how surely, and the way to put it right. */
export function Language() {
  const { interaction } = useConversation();
  const [{ data }] = useQuery({ query: InteractionLanguageDocument, variables: { id: interaction.id } });
  const { say, refusal } = useSay(interaction.id);
  const { language, languageSource: source } = interaction;
  const options = choices(data?.interaction?.languageChoices ?? [], language);
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p>
        {language ? languageName(language) : <span className="text-ink-3">{t("Not known")}</span>}
        <Source source={source} confidence={data?.interaction?.languageConfidence ?? null} />
      </p>
      {options.length > 0 && (
        <Select
          label={t("Language of the conversation")}
          value={language ?? unknown}
          options={options}
          onChange={(code) => code !== unknown && code !== language && say(code)}
          className="w-48 max-w-full"
        />
      )}
      {refusal && (
        <p role="alert" className="text-critical-ink">
          {refusal}
        </p>
      )}
    </div>
  );
}

/** The languages by name, and before them the present one where it is none of them. */
function choices(codes: readonly string[], language: string | null) {
  const named = codes.map((code) => ({ value: code, label: languageName(code) })).sort((a, b) => a.label.localeCompare(b.label));
  if (named.length === 0 || (language !== null && codes.includes(language))) return named;
  return [{ value: language ?? unknown, label: language ? languageName(language) : t("Say the language") }, ...named];
}

type SourceProps = { readonly source: string | null; readonly confidence: number | null };

function Source({ source, confidence }: SourceProps) {
  if (!source) return null;
  const names: Record<string, string> = {
    delivered: t("named by the transcript"),
    hinted: t("came with the recording"),
    detected: t("detected"),
    assumed: t("assumed"),
    manual: t("said by a person"),
    uncertain: t("could not be told with certainty"),
  };
  const sure = confidence === null ? null : t("{percent} sure", { percent: percent(confidence * 100) });
  return <> ({[names[source] ?? source, sure].filter(Boolean).join(", ")})</>;
}

function useSay(interactionId: string) {
  const [, run] = useMutation(SetInteractionLanguageDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const say = async (language: string) => {
    const { data, error } = await run({ input: { interactionId, language } });
    const result = data?.setInteractionLanguage;
    if (error) setRefusal(errorMessage(error));
    else if (result && result.__typename !== "SetInteractionLanguagePayload") setRefusal(result.message);
    else {
      setRefusal(null);
      toast(t("Language changed. The conversation is transcribed and analysed again."));
    }
  };
  return { say, refusal };
}
